"""Findings, warnings and suspicions as rows."""
