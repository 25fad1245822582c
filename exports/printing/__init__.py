"""Forms as PDF: a layout is filled, typeset and, for the hall's blanks, given fields; reads no ledger and decides nothing."""
