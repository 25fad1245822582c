"""Operations on persons' particulars."""
