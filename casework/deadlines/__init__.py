"""How the days of a deadline are shown."""
