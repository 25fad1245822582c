"""Operations on the two registers of the service."""
