"""Documents of a case: attached to it by an act, and found by whoever sees that act; holds no bytes."""
