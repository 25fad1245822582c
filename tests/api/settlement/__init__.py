"""What is promised of settlement, over HTTP."""
