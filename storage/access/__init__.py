"""Clients and the requests that came before; no person."""
