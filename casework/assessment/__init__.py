"""The figures that a scorecard is made of, gathered month by month, and how parts of an overrun are shown."""
