"""The commands of whoever runs the program: its parts, its tables, its keys and clients."""
