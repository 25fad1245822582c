"""Operations on the plan of works and on sign-offs."""
