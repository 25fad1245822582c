"""How records of accountability are shown."""
