"""Credit files (信用档案): what an entry needs, how it stands, what may be shown of it and until when."""
