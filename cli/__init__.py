"""The commands a person types; starts the other rooms and decides nothing itself."""
