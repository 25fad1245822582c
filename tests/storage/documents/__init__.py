"""What is promised of documents, on a real PostgreSQL."""
