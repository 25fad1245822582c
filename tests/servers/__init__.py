"""What the embedded servers promise; nothing here knows what they keep."""
