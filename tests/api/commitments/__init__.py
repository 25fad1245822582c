"""What is promised of commitments, over HTTP."""
