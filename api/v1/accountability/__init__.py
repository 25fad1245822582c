"""Operations on records of accountability."""
