"""The commands that people type, tried with real words, real servers and real processes."""
