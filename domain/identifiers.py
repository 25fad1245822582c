"""Check characters of the codes that forms carry: 统一社会信用代码 (GB 32100) and 项目代码 (GB/T 40058)."""

import re
import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_PROJECT = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")


def wrong_credit_code(code: str | None) -> str | None:
    """Say what is wrong with a credit code, or None."""
    if code is None:
        return None
    try:
        uscc.validate(code)
    except InvalidChecksum:
        return f"the check character of the credit code {code!r} does not fit (GB 32100); read it again from the licence"
    except ValidationError:
        return f"{code!r} is not a credit code: 18 digits and capital letters without I, O, S, V, Z (GB 32100)"
    return None


def wrong_project_code(code: str | None) -> str | None:
    """Say what is unusual about a project code; older ones have no check digit, so it is never refused."""
    if code is None or _PROJECT.fullmatch(code):
        return None
    return f"{code!r} has not the shape of a project code (2101-420800-04-01-123456, GB/T 40058)"


def one_writing(code: str) -> str | None:
    """Write a code the one way that it is looked for: a space or a full-width sign makes no second project of it."""
    return "".join(unicodedata.normalize("NFKC", code).translate(_DASHES).split()) or None
