"""What lianban promises, as tests; never shipped."""
