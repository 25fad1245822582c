"""The commands that a person types, one a file."""
