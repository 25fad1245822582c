"""Pages for the people of the office; shows what is stored and decides nothing."""
