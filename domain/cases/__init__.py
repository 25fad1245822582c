"""Taking an act into a ledger: who may, in what order, true to what is known, numbered and chained; judges no limit."""
