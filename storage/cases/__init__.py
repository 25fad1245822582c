"""Cases, their ledgers, clocks and seals as rows."""
