"""Operations on scorecards and on whose part of an overrun was what."""
