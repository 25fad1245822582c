"""One benchmark a file: what is measured, beside which peer, and what is asked of it."""
