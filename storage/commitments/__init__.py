"""Commitments as rows."""
