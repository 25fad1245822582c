"""The clocks of a case: started, stopped, measured, ended, and when each is to be looked at next."""
