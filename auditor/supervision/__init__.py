"""What the auditor proposes for the ladder, files and records."""
