"""Checks that a scheme's tables fit each other: codes, parties, hours, acts, deciders; leaves the rules to `rules`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from domain.acts import AUDITOR_ALONE, KINDS
from domain.schemes.rule import LimitText
from domain.schemes.scheme import ActRule, Party, Scheme, Sessions
from schemes.act_fields import carried
from schemes.faults import Wrong
from schemes.limits import wrong_limit
from words import listed, sentence


def wrong_references(scheme: Scheme) -> Iterator[Wrong]:
    """Give everything in which the tables other than the rules do not fit."""
    return chain(
        _twice("parties", (party.code for party in scheme.parties)),
        _twice("districts", (district.code for district in scheme.districts)),
        _twice("scope.zones", (zone.code for zone in scheme.scope.zones)),
        _twice("utilities", scheme.utilities),
        _twice("rule", (rule.id for rule in scheme.rule)),
        _parties(scheme),
        _places(scheme),
        _signoffs(scheme),
        _deciders(scheme),
        _hours(scheme),
        _acts(scheme),
        _settled(scheme),
    )


def unknown(path: str, code: str, known: Iterable[str], what: str) -> Iterator[Wrong]:
    """Refuse a code that the scheme does not have."""
    codes = sorted(known)
    if code not in codes:
        yield Wrong(
            path,
            sentence("{code!r} is no {what} of this scheme", code=code, what=what),
            sentence("Write one of: {codes}", codes=listed(codes) or sentence("none is listed")),
        )


def _twice(path: str, codes: Iterable[str]) -> Iterator[Wrong]:
    seen: dict[str, int] = {}
    for number, code in enumerate(codes):
        if code in seen:
            what = sentence("{code!r} is already {path}[{seen}]", code=code, path=path, seen=seen[code])
            yield Wrong(f"{path}[{number}]", what, sentence("Give each its own code"))
        seen.setdefault(code, number)


def _parties(scheme: Scheme) -> Iterator[Wrong]:
    districts = [district.code for district in scheme.districts]
    for number, party in enumerate(scheme.parties):
        path = f"parties[{number}]"
        yield from _supplies(path, party, scheme.utilities)
        yield from _inspects(path, party, scheme.utilities)
        for place, code in enumerate(party.districts):
            yield from unknown(f"{path}.districts[{place}]", code, districts, sentence("district"))
        if party.district is not None:
            yield from unknown(f"{path}.district", party.district, districts, sentence("district"))
        yield from unknown_assumptions(f"{path}.assumes", [party.assumes], scheme)
    served = {service for party in scheme.parties for service in party.supplies}
    for number, service in enumerate(scheme.utilities):
        if service not in served:
            yield Wrong(
                f"utilities[{number}]",
                sentence("nobody supplies {service!r}", service=service),
                sentence("Name it in the `supplies` of a party"),
            )


def _supplies(path: str, party: Party, services: Sequence[str]) -> Iterator[Wrong]:
    for place, service in enumerate(party.supplies):
        yield from unknown(f"{path}.supplies[{place}]", service, services, sentence("utility service"))
    if bool(party.supplies) is not ("utility" in party.roles):
        yield Wrong(
            path,
            sentence("{code!r} has the role utility without `supplies`, or the reverse", code=party.code),
            sentence("A utility says what it supplies"),
        )


def _inspects(path: str, party: Party, services: Sequence[str]) -> Iterator[Wrong]:
    for place, service in enumerate(party.inspects):
        yield from unknown(f"{path}.inspects[{place}]", service, services, sentence("utility service"))
    if party.inspects and "inspector" not in party.roles:
        yield Wrong(
            path,
            sentence("{code!r} inspects and has not the role inspector", code=party.code),
            sentence("Add the role, or take `inspects` out"),
        )


def _places(scheme: Scheme) -> Iterator[Wrong]:
    for number, zone in enumerate(scheme.scope.zones):
        if zone.district is not None:
            known = (district.code for district in scheme.districts)
            yield from unknown(f"scope.zones[{number}].district", zone.district, known, sentence("district"))


def _signoffs(scheme: Scheme) -> Iterator[Wrong]:
    departments = [party.code for party in scheme.parties if "department" in party.roles]
    for number, signoff in enumerate(scheme.signoffs):
        yield from unknown(f"signoffs[{number}].department", signoff.department, departments, sentence("party with the role department"))


def _deciders(scheme: Scheme) -> Iterator[Wrong]:
    supervisors = [party.code for party in scheme.parties if "supervisor" in party.roles]
    named = {code for decider in scheme.deciders for code in decider.against}
    for number, decider in enumerate(scheme.deciders):
        path = f"deciders[{number}]"
        yield from unknown(f"{path}.by", decider.by, supervisors, sentence("party with the role supervisor"))
        for place, code in enumerate(decider.against):
            yield from unknown(f"{path}.against[{place}]", code, (party.code for party in scheme.parties), sentence("party"))
        yield from unknown_assumptions(f"{path}.assumes", [decider.assumes], scheme)
        if decider.by in decider.against or not (decider.against or decider.by in named):
            mend = sentence("Add a decider `by` another party, `against` {by!r}", by=decider.by)
            yield Wrong(path, sentence("{by!r} would decide in its own cause", by=decider.by), mend)
    if all(decider.against for decider in scheme.deciders):
        yield Wrong("deciders", sentence("nobody decides about the parties that no row names"), sentence("Add a decider without `against`"))


def _hours(scheme: Scheme) -> Iterator[Wrong]:
    yield from _sessions("office.sessions", scheme.office.sessions)
    for number, party in enumerate(scheme.parties):
        yield from _sessions(f"parties[{number}].sessions", party.sessions or scheme.office.sessions)


def _sessions(path: str, sessions: Sessions) -> Iterator[Wrong]:
    for number, (opens, closes) in enumerate(sessions):
        if opens >= closes:
            yield Wrong(
                f"{path}[{number}]",
                sentence("opens at {opens} and closes at {closes}", opens=opens, closes=closes),
                sentence("A session closes after it opens"),
            )
    for number, (earlier, later) in enumerate(pairwise(sessions), 1):
        if later[0] < earlier[1]:
            what = sentence("opens at {later}, before the session before it closes at {earlier}", later=later[0], earlier=earlier[1])
            yield Wrong(f"{path}[{number}]", what, sentence("Write sessions in order, none over another"))


def _acts(scheme: Scheme) -> Iterator[Wrong]:
    for act, row in scheme.acts.items():
        if act not in KINDS:
            yield unknown_act(f"acts.{act}", act)
            continue
        if act in AUDITOR_ALONE:
            yield Wrong(f"acts.{act}", sentence("only the auditor writes this act"), sentence("Take the row out"))
        yield from _order(f"acts.{act}", row, scheme)
        yield from _own(f"acts.{act}.own", act, row)


def _order(path: str, row: ActRule, scheme: Scheme) -> Iterator[Wrong]:
    for number, act in enumerate(row.after):
        if act not in KINDS:
            yield unknown_act(f"{path}.after[{number}]", act)
        elif act not in scheme.acts:
            yield Wrong(
                f"{path}.after[{number}]",
                sentence("nobody may record {act!r}", act=act),
                sentence('Add "{act}" to [acts], or take it out here', act=act),
            )


def _own(path: str, act: str, row: ActRule) -> Iterator[Wrong]:
    names = carried(act).fields
    if row.own is not None and row.own not in names:
        yield Wrong(
            path,
            sentence("{act} carries no {own!r}", act=act, own=row.own),
            sentence("Write one of: {names}", names=listed(sorted(names)) or sentence("none")),
        )


def unknown_act(path: str, act: str) -> Wrong:
    """Refuse an act that does not exist, with those that begin alike."""
    alike = sorted(kind for kind in KINDS if kind.partition(".")[0] == act.partition(".")[0])
    return Wrong(
        path, sentence("there is no act {act!r}", act=act), sentence("Write one of: {alike}", alike=listed(alike or sorted(KINDS)))
    )


def unknown_assumptions(path: str, names: Iterable[str | None], scheme: Scheme) -> Iterator[Wrong]:
    """Refuse a named assumption that has no entry with its reason."""
    for name in names:
        if name is not None:
            yield from unknown(path, name, scheme.assumptions, sentence("assumption"))


def _settled(scheme: Scheme) -> Iterator[Wrong]:
    optional = {"objection": scheme.objection, "decision": scheme.decision}
    tables = {"at_once": scheme.at_once, "late_entry": scheme.late_entry} | {k: v for k, v in optional.items() if v}
    for path, table in tables.items():
        yield from _settled_limit(f"{path}.limit", table.limit)
        yield from unknown_assumptions(f"{path}.assumes", [table.assumes], scheme)
    yield from _settled_limit("lights.red_after", scheme.lights.red_after)
    yield from unknown_assumptions("lights.assumes", [scheme.lights.assumes], scheme)
    yield from unknown_assumptions("office.assumes", [scheme.office.assumes], scheme)


def _settled_limit(path: str, limit: LimitText) -> Iterator[Wrong]:
    if limit == "at-once":
        yield Wrong(path, sentence("at-once is what this table would explain"), sentence("Write a measured limit, as 30om"))
    else:
        yield from wrong_limit(path, limit)
