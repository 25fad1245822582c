"""Where a calendar's days come from: notices, imports, the package, and editions made of them; counts no limit."""
