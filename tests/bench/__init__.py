"""Shows that the benchmarks' tables and figures are well formed; times nothing."""
