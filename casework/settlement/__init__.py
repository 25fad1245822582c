"""How settlements are shown, and their statements as files."""
