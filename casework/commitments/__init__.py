"""How inspections and defects of commitments are shown."""
