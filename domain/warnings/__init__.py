"""Who is warned and told of a missed limit, when, and by which light; it sends nothing itself."""
