"""The feed of events as rows."""
