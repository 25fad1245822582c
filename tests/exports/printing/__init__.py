"""Forms as PDF: looked at word by word, line by line and field by field."""
