"""What is promised of journeys, of the domain."""
