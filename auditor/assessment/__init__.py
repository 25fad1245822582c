"""What the auditor corrects in sealed scorecards."""
