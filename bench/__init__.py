"""Measures lianban beside its peers; never shipped."""
