"""How the tests run: on several workers, within a time, and what their coverage counts; knows nothing of what they test."""
