"""The two plans as data, and everything that a wrong plan file is told."""
