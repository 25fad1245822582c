"""What is promised of running, of the auditor, on real servers."""
