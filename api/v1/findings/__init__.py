"""Operations on findings, warnings and suspicions."""
