"""资金结算: what off-site works cost, what a half-year's statement may hold, the city's share at the year's end; pays nothing."""
