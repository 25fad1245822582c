"""Accountability records (责任追究): what a unit answers for, decided by people alone, on upheld findings only."""
