"""How one case is judged: situation, starts, ends, stops, measures, counted standards; `domain.judge` puts them together."""
