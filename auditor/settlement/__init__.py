"""What opens settlements and seals years."""
