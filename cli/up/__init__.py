"""`lianban up`: has everything running on one machine and ends it again; serves and audits nothing itself."""
