"""How orders, interviews and referrals are shown."""
