"""Sums of money as official papers write them: in 元 with two places, and in capital figures (大写); calculates nothing."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿", "亿亿")


def yuan(fen: int) -> str:
    """Write 分 as 元: 1,234,567.08."""
    return f"{fen // 100:,}.{fen % 100:02}"


def capital(fen: int) -> str:
    """Write 分 in capital figures: 壹佰贰拾元零伍分, 叁元整."""
    whole, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    parts = f"{_whole(whole)}元" if whole else ""
    if not jiao and not rest:
        return f"{parts or '零元'}整"
    if jiao:
        parts += f"{_DIGITS[jiao]}角"
    elif whole:
        parts += "零"
    return parts + (f"{_DIGITS[rest]}分" if rest else "整")


def _whole(number: int) -> str:
    """Group by ten thousands; one 零 stands for whatever is missing between two figures."""
    written, missing = "", False
    for group in range(len(_GROUPS) - 1, -1, -1):
        part = number // 10_000**group % 10_000
        if part == 0:
            missing = bool(written)
            continue
        gap = "零" if written and (missing or part < 1000) else ""  # noqa: PLR2004 -- the highest of its four places is empty
        written, missing = f"{written}{gap}{_group(part)}{_GROUPS[group]}", False
    return written


def _group(part: int) -> str:
    written, missing = "", False
    for place in (3, 2, 1, 0):
        digit = part // 10**place % 10
        if digit == 0:
            missing = bool(written)
            continue
        written, missing = f"{written}{'零' if missing else ''}{_DIGITS[digit]}{_PLACES[place]}", False
    return written
