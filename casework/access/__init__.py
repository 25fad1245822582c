"""Who may do what and who sees what, for every door alike; knows no request and no token."""
