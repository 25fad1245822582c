"""Looks for missed deadlines and audits the ledgers, in jobs that may run twice; imports neither api nor board."""
