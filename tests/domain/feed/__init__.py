"""What is promised of the feed, of the domain."""
