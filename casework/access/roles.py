"""What each role may at most be allowed, and which roles see a whole city."""

SCOPES = ("cases:read", "cases:write", "events:read", "findings:read")
"""What a token may allow."""


CITY_WIDE: frozenset[str] = frozenset({"coordinator", "inspector", "supervisor", "admin"})
"""Roles that see everything of their own city; the others see what their party takes part in."""
