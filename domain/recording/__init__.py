"""Taking an act into a ledger: the dispatcher that knows every kind of act and its check; judges no limit."""
