"""Operations on supervision and on plans of inspection."""
