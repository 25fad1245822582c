"""What follows upon findings, step by step, as people would take it."""
