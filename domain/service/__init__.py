"""Service duties: what was handed over and whether it arrived, and the two registers that the plan asks for."""
