"""Limits that go by the class of a matter, counted by hand."""

from domain.acts.field import Class
from simulation.case_script import Script


def by_class(script: Script, duty: str, party: str, start: int, kind: Class) -> int | None:
    """Count when a duty comes due whose limit goes by the class, where the plan has it."""
    if duty not in script.city.duties:
        return None
    return script.city.hand(party).due(start, script.city.limit_by(duty, kind))
