"""How a city's forms look on paper: layouts as data, read and checked; draws nothing."""
