"""How a deadline is shown: day by day, under its other readings, or estimated without a case; decides nothing."""
