"""A plan as data and made ready to judge: the scheme's tables, rules with their sources, the rulebook; judges no case."""
