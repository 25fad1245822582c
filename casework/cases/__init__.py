"""How a case and its clocks are shown."""
