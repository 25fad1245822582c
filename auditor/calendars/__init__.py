"""What a new calendar does to cases under way."""
