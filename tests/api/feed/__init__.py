"""What is promised of feed, over HTTP."""
