"""What callers can rely on over HTTP, asked of the whole application on a real database."""
