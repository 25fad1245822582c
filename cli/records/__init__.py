"""Credit and accountability records as lists and files; persons are masked, nothing is decided."""
