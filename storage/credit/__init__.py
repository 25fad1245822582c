"""Entries of credit files as rows."""
