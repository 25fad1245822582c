"""Who reads what of a case's ledger: entries and fields by the rows of their kinds, findings by their notice; asks no database."""
