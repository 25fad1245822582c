"""The contract: committed as the code says it, and kept by the running application."""
