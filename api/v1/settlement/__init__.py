"""Operations on settlements and their statements."""
