"""Working days, office hours and the arithmetic of deadlines; knows no rule, no city and no other room."""
