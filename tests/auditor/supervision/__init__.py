"""What is promised of supervision, of the auditor, on real servers."""
