"""The cities' plans as data, and the reader that turns them into domain values; decides nothing."""

from schemes.compare import Change, diff
from schemes.faults import NoScheme, SchemeFault, Wrong
from schemes.reader import Schemes, load_schemes, parse_scheme, read_scheme

__all__ = ["Change", "NoScheme", "SchemeFault", "Schemes", "Wrong", "diff", "load_schemes", "parse_scheme", "read_scheme"]
