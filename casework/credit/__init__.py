"""How entries of credit files are shown, and the file for the public credit platform."""
