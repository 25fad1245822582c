"""Made-up cities: each a plan of its own, which works by its file alone."""
