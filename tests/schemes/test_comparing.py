"""Two plans are compared in words that an office can read out."""

import pytest

from schemes import diff
from tests.schemes.plans import DAYE, JINGMEN, parsed


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('limit = "3wd"', 'limit = "2wd"', ["rule joint-approval: deadline.limit: 3wd -> 2wd"]),
        ("under_metres = 300", "under_metres = 250", ["route.commitment.under_metres: 300 -> 250"]),
        ("needs_coverage = true\n", "", ["scope.needs_coverage: yes -> no"]),
        (
            'id = "one-survey"',
            'id = "single-survey"',
            ["rule one-survey: removed (联合踏勘一次到位)", "rule single-survey: added (联合踏勘一次到位)"],
        ),
        (
            'by = "jm-fgw"\nagainst = ["jm-spj"]',
            'by = "jm-fgw"\nagainst = ["jm-spj", "jm-zgj"]',
            ["decider jm-fgw: against: jm-spj -> jm-spj, jm-zgj"],
        ),
        (
            'statutory = "20wd"\n',
            'note = "试行"\nstatutory = "20wd"\n',
            ["rule commitment-decision: note: added (试行)"],
        ),
        (
            'duties = ["协调小组办公室", "牵头现场踏勘和方案设计", "并联审批"]\n',
            "",
            ["party jm-spj: duties: removed (协调小组办公室, 牵头现场踏勘和方案设计, 并联审批)"],
        ),
        (
            'roles = ["coordinator"], after = ["survey.held"]',
            'roles = ["window"], after = ["survey.held"]',
            ["act approval.opened: roles: coordinator -> window"],
        ),
        (
            "repeated = {",
            'often = { text = "每月", because = "试行" }\nrepeated = {',
            ["assumption often: added (每月)"],
        ),
        (
            '{ code = "macheng", name = "麻城", district = "jm-duodao" },',
            "",
            ["zone macheng: removed (麻城)"],
        ),
        (
            '  "water.cubic_metres_per_day",\n',
            '  "water.tonnes_per_day",\n',
            [
                "form demand: boxes.water.cubic_metres_per_day: removed (用水规模(立方米/日))",
                "form demand: boxes.water.tonnes_per_day: added (供水需求(吨/日))",
            ],
        ),
        (
            'required = ["applicant.name", "supplies", ["address", "zone"]]',
            'required = ["applicant.name", "supplies", "address"]',
            ["form demand: required.address or zone: removed (yes)", "form demand: required.address: added (yes)"],
        ),
        (
            'text = "{year} 年 ({number}) 号"',
            'text = "{year}-{number}"',
            ["numbering.text: {year} 年 ({number}) 号 -> {year}-{number}"],
        ),
    ],
)
def test_a_change_is_said_with_what_it_was_and_is(was: str, now: str, said: list[str]) -> None:
    assert [str(change) for change in diff(JINGMEN, parsed("jingmen", was, now))] == said


def test_a_plan_does_not_differ_from_itself() -> None:
    assert diff(DAYE, DAYE) == []


def test_the_cities_differ_in_the_threshold_and_in_the_rules_that_one_lacks() -> None:
    lines = [str(change) for change in diff(DAYE, JINGMEN)]
    assert "route.commitment.under_metres: 200 -> 300" in lines
    assert "rule joint-approval: deadline.limit: 1wd -> 3wd" in lines
    assert "rule outreach: removed (1个工作日内主动上门对接)" in lines
    assert "rule general-feedback: added (一般事项24小时内反馈)" in lines
