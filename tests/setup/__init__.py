"""A checkout sets itself up from its locks, on any machine that README.md names, and goes on doing so as the world releases more."""
