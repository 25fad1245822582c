"""Whole journeys of supervision over HTTP into PostgreSQL, with the auditor's own sweeps at a moving clock."""
