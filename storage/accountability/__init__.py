"""Records of accountability as rows."""
