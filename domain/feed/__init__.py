"""What each audience is told of a case, and in which order, as its ledger says; reads no table."""
