"""The acts that stop a clock and set it going again."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.acts.field import Acted, Code, Moment, Text
from domain.acts.kinds import ALL, FOLLOWING, kind, read_by

Keys = Annotated[tuple[Text, ...], Meta(max_length=10)]


@kind("暂停计时", ALL, read_by(ALL, "rule", "keys", "reason", "basis", "needed_until", "told_at", "evidence"), checked=FOLLOWING)
class ClockStopped(Acted, tag="clock.stopped", kw_only=True):
    """暂停计时: one clock, for a reason the rule allows, from the later of now and the notice."""

    rule: Code
    keys: Keys
    reason: Literal["art-45", "deferred-document"]
    basis: Text
    """Hearing, inspection, testing, quarantine, appraisal or expert review; or the document awaited."""
    needed_until: Moment | None = None
    told_at: Moment | None = None
    evidence: Text | None = None


@kind("恢复计时", ALL, read_by(ALL, "rule", "keys"), checked=FOLLOWING)
class ClockResumed(Acted, tag="clock.resumed", kw_only=True):
    """The stop ends."""

    rule: Code
    keys: Keys


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
