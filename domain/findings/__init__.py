"""What follows once a clock was missed: what the auditor writes, what the ledger tells of it, new dates; people decide elsewhere."""
