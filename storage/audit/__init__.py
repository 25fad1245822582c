"""What the auditor keeps of its own work: pages of cases, runs, leases."""
