"""What is promised of credit, of the auditor, on real servers."""
