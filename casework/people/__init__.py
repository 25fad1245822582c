"""Persons' particulars as a caller may see them; seals none."""
