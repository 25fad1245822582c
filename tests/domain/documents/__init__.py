"""What is promised of documents, of the domain."""
