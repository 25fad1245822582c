"""Orders, interviews and plans of inspection as rows."""
