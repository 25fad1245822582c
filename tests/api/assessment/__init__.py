"""What is promised of assessment, over HTTP."""
