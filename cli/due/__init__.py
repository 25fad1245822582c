"""`lianban due`: asks when a rule's limit ends and writes the answer down; counts nothing itself."""
