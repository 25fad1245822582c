"""People's particulars: which fields of which acts hold them, how they are masked, and where they stand in an act; holds no key."""
