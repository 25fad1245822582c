"""What is promised of documents, over HTTP."""
