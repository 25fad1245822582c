"""Stretches of works as rows."""
