"""What commands share towards a terminal: dates, tables, progress, exit codes."""
