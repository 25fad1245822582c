"""Operations on the working days."""
