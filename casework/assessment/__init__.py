"""The figures that a scorecard is made of, gathered month by month."""
