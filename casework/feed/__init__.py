"""The feed as each caller may read it."""
