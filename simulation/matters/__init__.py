"""Made-up enquiries and complaints: what is asked, answered, handed on and taken over."""
