"""Operations on entries of credit files."""
