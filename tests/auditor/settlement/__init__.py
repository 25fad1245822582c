"""What is promised of settlement, of the auditor, on real servers."""
