"""What is promised of calendars, of the auditor, on real servers."""
