"""Operations on the feed of events."""
