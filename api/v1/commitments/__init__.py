"""Operations on commitments and their inspections."""
