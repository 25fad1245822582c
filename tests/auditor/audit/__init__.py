"""What is promised of audit, of the auditor, on real servers."""
