"""Keeps domain values in PostgreSQL and gives them back; the only room that knows rows, and it decides nothing."""
