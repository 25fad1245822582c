"""What comes by the year in a made-up city: commitments and their inspections, orders to rectify, settlements."""
