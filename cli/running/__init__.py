"""How the API, the worker and their servers are started from the command line."""
