"""What is promised of calendars, over HTTP."""
