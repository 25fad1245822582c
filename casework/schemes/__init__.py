"""How rules and forms of a plan are shown."""
