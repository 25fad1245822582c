"""What makes the auditor ask a person to look, and how a person answers; a suspicion is never a finding by itself."""
