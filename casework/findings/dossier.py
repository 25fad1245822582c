"""What the dossier of an interview says of each finding, in the words of its plan and its ledger; reads nothing and accuses nobody."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from calendars import SHANGHAI
from casework.deadlines.views import DayShown
from casework.findings.evidence import Evidence
from casework.findings.titles import LIGHTS, MEASURES, STATES
from domain.acts import KINDS, ROWS, tag_of
from domain.assessment.delay_shares import DelayShares
from domain.clock import Clock, is_contested
from domain.deadlines.explain import Overrun
from domain.finding import Finding
from domain.ledger import Entry
from domain.schemes.rulebook import Rulebook
from exports.printing.dossier import FindingPage, Table
from exports.printing.pieces import breakable

HISTORY: Mapping[str, str] = {
    "finding.opened": "发现", "light.turned": "转红牌", "finding.notified": "送达", "finding.objected": "异议", "finding.decided": "认定",
    "finding.disposed": "处理", "finding.withdrawal_proposed": "建议撤销", "finding.lapsed": "已消除（补录有效）",
}  # fmt: skip
RUNGS: Mapping[str, str] = {
    "rectification.ordered": "责令限期整改", "rectification.reported": "报告整改", "rectification.judged": "核查整改",
    "interview.called": "通知约谈", "interview.arranged": "通知约谈", "interview.held": "约谈", "penalty.referred": "移送",
    "referral.answered": "移送结果", "credit.proposed": "提出信用记录", "accountability.proposed": "提出责任追究",
}  # fmt: skip
OUTCOMES = {"upheld": "认定成立", "excused": "免责", "withdrawn": "撤销"}
_SAYING = ("text", "reason", "measure", "defect", "grounds", "ground", "outcome", "facts", "evidence")
"""Fields in which acts say what they are about, the first that is filled."""
_RULES_HEAD = ("规则", "条款", "件数", "黄牌", "红牌", "最长逾期（自然）")


class HeldFinding(Struct, frozen=True):
    """A finding with all that its page says."""

    finding: Finding
    light: str
    book: Rulebook
    case: str
    """How the case is called."""
    overrun: Overrun
    evidence: Evidence
    entries: Sequence[Entry]
    clocks: Sequence[Clock]
    delay_shares: DelayShares


def finding_page(number: int, held: HeldFinding, now: datetime) -> FindingPage:
    finding, rule = held.finding, held.book.rules[held.finding.rule]
    return FindingPage(
        title=f"{number}. {rule.title}（{'、'.join(rule.carries_out)}）",
        facts=tuple(_facts(held, now)),
        days=tuple(_days(held.evidence)),
        history=tuple(_history(held.entries, finding.finding_id, held.book)),
        relied=tuple(_relied(held.evidence)),
    )


def _facts(held: HeldFinding, now: datetime) -> Iterator[tuple[str, str]]:
    finding, rule, evidence = held.finding, held.book.rules[held.finding.rule], held.evidence
    yield "违规编号", str(finding.finding_id)
    yield "办件", held.case
    if finding.keys:
        yield "涉及单位", "、".join(held.book.name_of(key) for key in finding.keys)
    yield "依据", "\n".join(f"{cite.document or '方案'} {cite.clause}：“{cite.quote}”" for cite in rule.cites)
    yield "起算", spoken(finding.started_at)
    yield "到期", spoken(finding.due_at)
    yield "实际完成", "至今未完成" if finding.ended_at is None else spoken(finding.ended_at)
    yield "逾期", overrun_in_words(held.overrun)
    yield "状态", "、".join([STATES[finding.state], LIGHTS[held.light], *_marks(finding, now)])
    if evidence.missed == "statutory":
        yield "法定时限", "承诺时限和法定时限均已超过"
    yield (
        "逾期责任时长",
        f"本办件逾期办公时间{lasting(held.delay_shares.overrun)}，其中本单位{lasting(held.delay_shares.of(finding.party))}",
    )
    yield from (("暂停计时", f"{spoken(stop.from_)} 起，{stop.basis}，{'计入' if stop.counted else '未计入'}") for stop in evidence.stops)
    yield from (("计时口径", f"{one.text}（{one.because}）") for one in evidence.assumptions)
    yield "日历版次", evidence.edition or "无"


def _marks(finding: Finding, now: datetime) -> Iterator[str]:
    if is_contested(finding.due_at, finding.also_due_at, finding.ended_at, now):
        yield "有争议"
    if finding.provisional:
        yield "暂定"
    if finding.late_entry:
        yield "补录"
    if finding.withdrawal_proposed:
        yield "建议撤销"


def _days(evidence: Evidence) -> Iterator[tuple[str, ...]]:
    if evidence.days:
        yield "日期", "日期性质", "计时", "说明与出处"
        for day in evidence.days:
            counted = lasting(day.seconds) if day.seconds else ("计" if day.counted else "不计")
            yield (
                f"{day.date}",
                day.name or ("工作日" if day.working else "休息日"),
                counted,
                "；".join(filter(None, (day.why, _source(day)))),
            )


def _source(day: DayShown) -> str:
    """Name the notice behind a day; an ordinary working day or weekend has none."""
    return "" if day.source in {"weekday", "weekend"} else day.source


def _history(entries: Sequence[Entry], finding_id: UUID, book: Rulebook) -> Iterator[tuple[str, ...]]:
    yield "时间", "事项", "办理单位", "内容"
    for entry in entries:
        if getattr(entry.act, "finding_id", None) == finding_id and tag_of(entry.act) in HISTORY:
            yield spoken(entry.occurred_at), HISTORY[tag_of(entry.act)], by_whom(entry, book), _said(entry)


def by_whom(entry: Entry, book: Rulebook) -> str:
    return "系统" if entry.actor.role == "auditor" else book.name_of(entry.actor.party)


def _said(entry: Entry) -> str:
    outcome = OUTCOMES.get(getattr(entry.act, "outcome", ""), "")
    words = next((str(value) for name in _SAYING if (value := getattr(entry.act, name, None))), "")
    return f"{outcome}：{words}" if outcome and words != outcome else words


def _relied(evidence: Evidence) -> Iterator[tuple[str, ...]]:
    if evidence.relied_on:
        yield "序号", "办理环节", "发生时间", "校验码"
        for one in evidence.relied_on:
            yield str(one.seq), f"{ROWS[KINDS[one.act]].title} {one.party_name}", spoken(one.occurred_at), breakable(one.hash)


def rules_table(those: Sequence[HeldFinding]) -> Table:
    """Count the findings by rule."""
    by_rule: dict[tuple[str, str], list[HeldFinding]] = {}
    for one in those:
        by_rule.setdefault((one.book.id, one.finding.rule), []).append(one)
    return (_RULES_HEAD, *(_rule_row(of) for of in by_rule.values())) if those else ()


def _rule_row(those: Sequence[HeldFinding]) -> tuple[str, ...]:
    rule, lights = those[0].book.rules[those[0].finding.rule], Counter(one.light for one in those)
    longest = max(one.overrun.natural_seconds for one in those)
    return rule.title, rule.cites[0].clause, str(len(those)), str(lights["yellow"]), str(lights["red"]), lasting(longest)


def delay_shares_table(those: Sequence[HeldFinding], party: str) -> Table:
    """Add up the party's shares of their cases' overruns by month; contested ones are told apart."""
    cases = {one.finding.case_id: one.delay_shares for one in those}
    held: Counter[tuple[str, bool]] = Counter()
    for found in cases.values():
        for share in found.shares:
            if share.party == party:
                held[f"{share.month:%Y-%m}", share.contested] += share.seconds
    months = sorted({month for month, _ in held})
    return (
        ("月份", "份额", "其中有争议"),
        *((m, lasting(held[m, False] + held[m, True]), lasting(held[m, True]) if held[m, True] else "无") for m in months),
    )


def rungs_table(ledgers: Mapping[UUID, Sequence[Entry]], book: Rulebook) -> Table:
    """Tell what was done before: orders, interviews, referrals, and what came of each."""
    steps = sorted(
        (entry for entries in ledgers.values() for entry in entries if tag_of(entry.act) in RUNGS), key=lambda one: one.occurred_at
    )
    rows = ((spoken(one.occurred_at), RUNGS[tag_of(one.act)], f"{by_whom(one, book)}：{_said(one)}") for one in steps)
    return (("时间", "措施", "内容"), *rows)


def overrun_in_words(past: Overrun) -> str:
    own = f"{past.own}{MEASURES['days']}" if past.measure == "days" else lasting(past.own)
    return f"{own}（按规则计），自然时间{lasting(past.natural_seconds)}"


def lasting(seconds: int) -> str:
    """Say how long: 3小时20分."""
    minutes = seconds // 60
    if not minutes:
        return f"{seconds}秒"
    hours, rest = divmod(minutes, 60)
    return "".join(filter(None, (f"{hours}小时" if hours else "", f"{rest}分" if rest else "")))


def spoken(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
