"""How findings and warnings are shown, with all that they rest on and where they stand."""
