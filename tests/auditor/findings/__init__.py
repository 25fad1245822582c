"""What is promised of findings, of the auditor, on real servers."""
