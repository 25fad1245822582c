"""The keys that persons' particulars are sealed under."""
