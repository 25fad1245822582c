"""What is promised of assessment, of the auditor, on real servers."""
