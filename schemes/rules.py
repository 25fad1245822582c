"""Checks one rule: that it says one thing, of acts that exist and are allowed, by fields that they carry."""

from collections.abc import Iterator

from msgspec import structs

from domain.schemes.rule import Deadline, GivenLimit, Rule, Standard, Trigger
from domain.schemes.scheme import Scheme
from schemes.act_fields import OF_CASE, carried, is_moment, is_moment_or_day
from schemes.faults import Wrong
from schemes.limits import wrong_limit
from schemes.references import unknown_assumptions
from schemes.triggers import Place, choose, wrong_act, wrong_field, wrong_trigger, wrong_when
from words import listed, sentence


def wrong_rules(scheme: Scheme) -> Iterator[Wrong]:
    """Give everything that is wrong in the rules."""
    for number, rule in enumerate(scheme.rule):
        path = f"rule[{number}]"
        yield from _wrong_rule(path, rule, scheme)
        if rule.deadline is not None:
            yield from _wrong_deadline(Place(f"{path}.deadline", scheme, _cases(rule.deadline)), rule.deadline)
        if rule.standard is not None:
            yield from _wrong_standard(Place(f"{path}.standard", scheme, _cases(rule.standard)), rule.standard)


def _cases(table: Deadline | Standard) -> tuple[str, ...]:
    return table.case if isinstance(table.case, tuple) else (table.case,)


def _wrong_rule(path: str, rule: Rule, scheme: Scheme) -> Iterator[Wrong]:
    yield from choose(path, rule, ("deadline", "standard"))
    yield from unknown_assumptions(f"{path}.assumes", rule.assumes, scheme)
    yield from wrong_limit(f"{path}.statutory", rule.statutory)
    if (rule.statutory is None) is not (rule.statutory_cite is None):
        yield Wrong(
            f"{path}.statutory",
            sentence("a statutory limit and its law go together"),
            sentence("Write statutory and statutory_cite"),
        )
    if rule.also_read_as is not None:
        readings = tuple(name for name in structs.asdict(rule.also_read_as) if name != "because")
        yield from choose(f"{path}.also_read_as", rule.also_read_as, readings)
        yield from wrong_limit(f"{path}.also_read_as.limit", rule.also_read_as.limit)


def _starts(deadline: Deadline) -> list[tuple[str, Trigger]]:
    """Give each act that starts the clock, written as a trigger, with its path."""
    starts = deadline.starts
    if isinstance(starts, str):
        return [("starts", Trigger(act=starts))]
    if starts.act is not None:
        return [("starts", Trigger(act=starts.act, when=starts.when, at=starts.at, each=starts.each, since=starts.since))]
    several = {"latest_of": starts.latest_of, "any_of": starts.any_of}
    return [(f"starts.{key}[{number}]", _trigger(one)) for key, all_ in several.items() for number, one in enumerate(all_)]


def _trigger(act: str | Trigger) -> Trigger:
    return act if isinstance(act, Trigger) else Trigger(act=act)


def _wrong_deadline(place: Place, deadline: Deadline) -> Iterator[Wrong]:
    if not isinstance(deadline.starts, str):
        yield from choose(f"{place.path}.starts", deadline.starts, ("act", "latest_of", "any_of"))
        if deadline.starts.act is None and (deadline.starts.when or deadline.starts.at or deadline.starts.each or deadline.starts.since):
            yield Wrong(
                f"{place.path}.starts",
                sentence("several acts share one when, at, each or since"),
                sentence("Write it with each of the acts"),
            )
    starts = _starts(deadline)
    for path, start in starts:
        yield from wrong_trigger(place.at(path), start)
        yield from _wrong_start(place.at(path), deadline, start)
    yield from wrong_trigger(place.at("stops"), _trigger(deadline.stops))
    for number, void in enumerate(deadline.void_by):
        here = place.at(f"void_by[{number}]")
        yield from wrong_trigger(here, Trigger(act=void.act, when=void.when))
        for need in void.needs:
            yield from wrong_field(here.at("needs"), void.act, need, is_moment if void.within else is_moment_or_day)
        for other in void.other:
            yield from wrong_field(here.at("other"), void.act, other)
            if other not in deadline.per and any(True for _, start in starts for _ in wrong_field(here, start.act, other)):
                keys = listed(deadline.per) or sentence("no keys")
                why = sentence("{other!r} is no key of the clock, nor a field of what starts it", other=other)
                yield Wrong(here.at("other").path, why, sentence("Write one of: {keys}; or such a field", keys=keys))
        yield from wrong_field(here.at("past_due"), void.act, void.past_due, is_moment_or_day)
        yield from wrong_limit(here.at("within").path, void.within)
    yield from _wrong_district(place.at("owed_by"), deadline.owed_by)
    if deadline.once_permitted and ("utility" not in deadline.per or not isinstance(deadline.limit, GivenLimit)):
        why = sentence("only a day that an act names, kept for each utility, can wait for permits")
        mend = sentence('Keep the clock per = ["utility"] with limit = {{ field = … }}, or leave it out')
        yield Wrong(place.at("once_permitted").path, why, mend)


def _wrong_start(place: Place, deadline: Deadline, start: Trigger) -> Iterator[Wrong]:
    """Check what the rule reads from this starting act: keys, conditions, who owes it, the limit."""
    if not place.knows(start.act):
        return
    whole = Place(place.path.partition(".starts")[0], place.scheme, place.cases)
    for key in deadline.per:
        yield from _wrong_key(whole.at("per"), start, key)
    yield from wrong_when(whole.at("when"), start.act, deadline.when)
    if deadline.owed_by not in {"actor", "holder", *deadline.per}:
        yield from wrong_field(whole.at("owed_by"), start.act, deadline.owed_by)
    yield from _wrong_given(whole.at("limit"), start, deadline.limit)


def _wrong_key(place: Place, start: Trigger, key: str) -> Iterator[Wrong]:
    act = carried(start.act)
    if key in act.fields or (start.each is not None and key in act.lists.get(start.each, {})):
        return
    lists = act.listing(key)
    if not lists:
        yield from wrong_field(place, start.act, key)
    elif start.each is not None or len(lists) > 1:
        yield Wrong(
            place.path,
            sentence("{act} has {key!r} in {lists}", act=start.act, key=key, lists=listed(lists)),
            sentence("Name the list that is meant by `each`"),
        )


def _wrong_given(place: Place, start: Trigger, limit: str | GivenLimit) -> Iterator[Wrong]:
    if isinstance(limit, str):
        yield from wrong_limit(place.path, limit)
        return
    yield from choose(place.path, limit, ("field", "by"))
    for field in (limit.field,) if isinstance(limit.field, str) else limit.field:
        yield from wrong_field(place.at("field"), start.act, field, is_moment_or_day)
    if limit.by is not None and limit.by not in OF_CASE:
        yield from wrong_field(place.at("by"), start.act, limit.by)
    if (limit.by is None) is not (not limit.of):
        yield Wrong(
            place.path, sentence("`by` and `of` go together"), sentence("Write by = a field and of = the limit for each of its values")
        )
    for value, one in limit.of.items():
        yield from wrong_limit(f"{place.path}.of.{value}", one)
        yield from wrong_when(place.at("of"), start.act, {limit.by or "class": value})


def _wrong_standard(place: Place, standard: Standard) -> Iterator[Wrong]:
    yield from choose(place.path, standard, ("counts", "sums", "requires"))
    acts = _counted(standard)
    for path, act in acts:
        yield from wrong_act(place.at(path), act)
        if place.knows(act):
            yield from _wrong_counted(place, standard, act)
    if standard.requires is not None:
        yield from wrong_trigger(place.at("requires"), _trigger(standard.requires))
    if (standard.requires is None) is not (not standard.before):
        yield Wrong(place.path, sentence("`requires` and `before` go together"), sentence("Say what is required before which act"))
    if standard.after and standard.requires is None:
        yield Wrong(place.path, sentence("`after` stands without `requires`"), sentence("Take `after` out, or say what is required"))
    if (standard.lacking or standard.between or standard.anew) and not standard.counts:
        yield Wrong(
            place.path, sentence("`lacking`, `between` and `anew` are of acts that are counted"), sentence("Take it out, or write `counts`")
        )
    for number, after in enumerate(standard.after):
        yield from wrong_trigger(place.at(f"after[{number}]"), after)
    for number, act in enumerate(standard.between or ()):
        yield from wrong_act(place.at(f"between[{number}]"), act)
    yield from _wrong_district(place.at("owed_by"), standard.owed_by)


def _counted(standard: Standard) -> list[tuple[str, str]]:
    """Give each act at which the standard can be broken, with its path."""
    if standard.sums is not None:
        return [("sums.act", standard.sums.act)]
    if standard.before:
        return [(f"before[{number}]", act) for number, act in enumerate(standard.before)]
    counts = (standard.counts,) if isinstance(standard.counts, str) else standard.counts
    return [("counts", act) for act in counts]


def _wrong_counted(place: Place, standard: Standard, act: str) -> Iterator[Wrong]:
    if standard.sums is not None:
        yield from wrong_field(place.at("sums.field"), act, standard.sums.field)
    for key in standard.per:
        yield from _wrong_key(place.at("per"), Trigger(act=act), key)
    yield from wrong_when(place.at("when"), act, standard.when)
    if standard.owed_by not in {"actor", "holder", *standard.per}:
        yield from wrong_field(place.at("owed_by"), act, standard.owed_by)
    yield from wrong_field(place.at("anew"), act, standard.anew)
    yield from wrong_field(place.at("lacking"), act, standard.lacking)
    if standard.lacking in carried(act).fields and standard.lacking not in carried(act).optional:
        yield Wrong(
            place.at("lacking").path,
            sentence("{act} never lacks {lacking!r}", act=act, lacking=standard.lacking),
            sentence("Name a field that may be left out"),
        )


def _wrong_district(place: Place, owed_by: str) -> Iterator[Wrong]:
    """A district that owes something is a party of the same code."""
    codes = {party.code for party in place.scheme.parties}
    for district in place.scheme.districts if owed_by == "district" else ():
        if district.code not in codes:
            what = sentence("the district {code!r} owes this, but no party has its code", code=district.code)
            yield Wrong(place.path, what, sentence("Add the district's government to [[parties]] under the same code"))
