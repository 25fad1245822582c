"""Sealed scorecards and the figures of the service as rows."""
