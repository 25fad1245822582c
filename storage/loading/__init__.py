"""Many cases written at once."""
