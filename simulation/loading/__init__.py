"""A made-up city written through the same stores as the API; promises nothing about it."""
