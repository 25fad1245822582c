"""Looks for missed deadlines and delivers events, in jobs that may run twice; imports neither api nor board."""
