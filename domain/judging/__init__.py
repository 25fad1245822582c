"""How one case is judged: situation, starts, ends, stops, measures, counted standards; `domain.judging.judge` puts them together."""
