"""Operations on documents and printed forms."""
