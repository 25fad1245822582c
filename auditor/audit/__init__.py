"""Everything judged again and compared: the full audit, the chains, and trials of other plans and calendars."""
