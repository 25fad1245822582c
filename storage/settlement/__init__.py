"""Settlements and the costs that they are made of as rows."""
