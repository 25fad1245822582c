"""What the two plans oblige, decided: acts, schemes, clocks, findings, the pure judge; no I/O, no clock, no framework."""
