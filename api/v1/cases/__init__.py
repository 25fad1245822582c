"""Operations on cases: open, find, read, record an act."""
