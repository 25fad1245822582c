"""What is promised of packs, of the domain."""
