"""The cities that benchmarks work on: acts, played cases, and millions of rows made of them; judges nothing."""
