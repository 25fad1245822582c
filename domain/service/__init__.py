"""Service duties: what was handed over and whether it arrived, and the two ledgers that the plan asks for."""
