"""Commitments in place of approval: who gave one, for what, and what was checked of it."""
