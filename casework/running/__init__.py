"""What a running program has: its settings, its schemes and calendars, its database and clock."""
