"""What is promised of assessment, of the domain."""
