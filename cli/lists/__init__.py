"""`lianban findings`: lists what was missed, in the form that is asked for; decides about none of it."""
