"""What operators and browsers ask for: tokens, health, metrics, the contract and its page; nothing of any case."""
