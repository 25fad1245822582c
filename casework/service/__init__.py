"""The two registers of the service, as each caller may see them."""
