"""What ends by itself in credit files."""
