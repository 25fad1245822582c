"""What the domain promises, told as cases of the two plans."""
