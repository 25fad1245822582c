"""The operations for portals and parties, one file per resource: wire structs at its top, then its handlers."""
