"""Speaks HTTP: decodes, asks the domain, saves and answers; holds no rule of its own."""
