"""What every door shares: who sees what, how an act is taken and kept, and how a case and all about it is shown; knows no HTTP."""
