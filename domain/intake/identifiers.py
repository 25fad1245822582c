"""Codes on forms: 统一社会信用代码 (GB 32100), 项目代码 (GB/T 40058), 公民身份号码 (GB 11643), telephone; judges their look alone."""

import re
import unicodedata
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from words import sentence

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_PROJECT = re.compile(r"(?:20\d{2}|\d{2}(?:0[1-9]|1[0-2]))-\d{6}-\d{2}-\d{2}-\d{6}")
"""By month (GB/T 40058), or by year as the first national codes were."""
_RESIDENT = re.compile(r"\d{17}[\dX]")
_PHONE = re.compile(
    r"(?:(?:\+|00)?86)?1[3-9]\d{9}"  # mobile
    r"|(?:(?:\+|00)860?|0)(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}(?:(?:转|[xX#])\d{1,6})?"  # fixed line with its area code
    r"|[48]00\d{7}"
)
_BETWEEN = str.maketrans("", "", " -()/.　")


def wrong_credit_code(code: str | None) -> str | None:
    """Say what is wrong with a credit code, or None."""
    if code is None:
        return None
    try:
        uscc.validate(code)
    except InvalidChecksum:
        return sentence(
            "the check character of the credit code {code!r} does not fit (GB 32100); read it again from the licence", code=code
        )
    except ValidationError:
        return sentence("{code!r} is not a credit code: 18 digits and capital letters without I, O, S, V, Z (GB 32100)", code=code)
    return None


def wrong_project_code(code: str | None) -> str | None:
    """Say what is unusual about a project code; older ones have no check digit, so it is never refused."""
    if code is None or _PROJECT.fullmatch(code):
        return None
    return sentence("{code!r} has not the shape of a project code (2101-420800-04-01-123456, GB/T 40058)", code=code)


def wrong_check_digit(id_number: str | None) -> str | None:
    """Say that a resident's number has a check digit that does not fit; the number itself is nobody's to read here."""
    number = _id_number(id_number)
    if not _RESIDENT.fullmatch(number) or ric.calc_check_digit(number) == number[-1]:
        return None
    return sentence("the check digit of the ID number does not fit (GB 11643); read it again from the card")


def unusual_id_number(id_number: str | None) -> str | None:
    """Say that a number is no resident's; a passport or a permit has no check that we could make, so it is never refused."""
    number = _id_number(id_number)
    if id_number is None or (_RESIDENT.fullmatch(number) and _born(number)):
        return None
    return sentence("the ID number is not one of a resident's card (GB 11643); of a passport or permit it is taken as it stands")


def wrong_phone(phone: str | None) -> str | None:
    """Say that nobody could ring this number: it is no mobile, no fixed line with its area code, no 400 or 800."""
    if phone is None or _PHONE.fullmatch(unicodedata.normalize("NFKC", phone).translate(_DASHES).translate(_BETWEEN)):
        return None
    return sentence("the telephone is neither a mobile number nor a fixed line with its area code nor 400/800; ask for it again")


def one_writing(code: str) -> str | None:
    """Write a code the one way that it is looked for: a space or a full-width sign makes no second project of it."""
    return "".join(unicodedata.normalize("NFKC", code).translate(_DASHES).split()) or None


def _id_number(given: str | None) -> str:
    return (one_writing(given or "") or "").upper()


def _born(number: str) -> bool:
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return True
