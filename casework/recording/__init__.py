"""An act taken, judged, kept, and carried on to what follows from it: the one place where a case changes."""
