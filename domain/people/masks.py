"""How a person's particulars look where they are not shown whole (脱敏): enough to tell two people apart, too little to reach one."""

import re

_MOBILE = re.compile(r"(?:\+?86[- ]?)?(1\d{2})[- ]?\d{4}[- ]?(\d{4})")
_FIXED = re.compile(r"(0(?:10|2\d|\d{3}))[- ]?\d{5,6}(\d{2})")
_ID_NUMBER = re.compile(r"(\d{3})\d{11}(\d{3}[\dXx])")
_FEW = 4
_SHOWN_OF_PLACE = 6


def mask_name(name: str) -> str:
    """张三 is 张*, 张三丰 and all that is longer is 张**."""
    return name[0] + "*" * min(len(name) - 1, 2) if len(name) > 1 else "*"


def mask_phone(number: str) -> str:
    """13812341234 is 138****1234, 0724-1234512 is 0724-*****12; of anything else the last two are left."""
    if mobile := _MOBILE.fullmatch(number):
        return f"{mobile[1]}****{mobile[2]}"
    if fixed := _FIXED.fullmatch(number):
        return f"{fixed[1]}-*****{fixed[2]}"
    return _last(number, 2)


def mask_id_number(number: str) -> str:
    """Show of eighteen characters the first three, which are a region, and the last four; of another paper the last two."""
    if resident := _ID_NUMBER.fullmatch(number):
        return f"{resident[1]}***********{resident[2]}"
    return _last(number, 2)


def mask_place(address: str) -> str:
    """Show where about: the first six characters, or of a short address the first half."""
    return address[: min(_SHOWN_OF_PLACE, len(address) // 2)] + "***"


def _last(text: str, shown: int) -> str:
    kept = text[-shown:] if len(text) > _FEW else ""
    return "*" * (len(text) - len(kept)) + kept
