"""`lianban warnings`: lists what is near its limit or overdue, in the form that is asked for; decides about none of it."""
