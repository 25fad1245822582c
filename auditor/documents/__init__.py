"""What of documents is left behind, and cleaned."""
