"""What commands say, in the language that is spoken, and what faults and the machine have to say; prints nothing."""

import errno
from typing import Any

from words import Sentence, names, say


def said(pattern: str, /, **values: Any) -> str:  # noqa: ANN401 -- whatever can be shown
    """Write a sentence and say it at once; help texts too, for a command is loaded after its language is known."""
    return say(Sentence(pattern, values))


def message_of(fault: Exception) -> str:
    """Give what a fault says, as the sentence that it is, so that it can still be said in either language."""
    first = fault.args[0] if fault.args else ""
    return first if isinstance(first, str) else str(fault)


def cause_of(fault: OSError) -> str:
    """Name why the machine refused, in its own words where we have none."""
    return names("errno").get(errno.errorcode.get(fault.errno or 0, ""), fault.strerror or "")
