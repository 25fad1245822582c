"""What the paired comparison promises: the same work for both sides, over public faces alone, and ratios taken within each pair."""

import ast
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench.machine import MachineLoad
from bench.paired.__main__ import main, ratio_of
from bench.paired.script import UTILITIES, acts, openings, pages
from bench.paired.side import Cost, up
from bench.paired.slices import Job, Swept, in_slices
from bench.paired.turns import Turn

ROOT = Path(__file__).parents[2]
QUIET = MachineLoad(average=0.4, others=0.01)


def turn(this: float, other: float, name: str = "act") -> Turn:
    return Turn({name: (Cost(this, this / 2), Cost(other, other))}, QUIET)


def body(request: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(request.partition(b"\r\n\r\n")[2])
    return read


def path(request: bytes) -> str:
    return request.split(b" ", 2)[1].decode()


def test_what_slows_both_sides_of_a_pair_changes_no_ratio() -> None:
    ratio = ratio_of([turn(1.0, 1.0), turn(3.0, 3.0), turn(9.0, 9.0)], "act")
    assert (ratio.median, ratio.least, ratio.most) == (1.0, 1.0, 1.0)


def test_the_middle_pair_counts_and_the_farthest_are_told() -> None:
    ratio = ratio_of([turn(1.0, 2.0), turn(0.9, 1.0), turn(3.0, 1.0)], "act")
    assert (ratio.median, ratio.least, ratio.most) == (0.9, 0.5, 3.0)


def test_postgresql_is_held_against_postgresql() -> None:
    assert ratio_of([turn(1.0, 2.0)], "act", "postgres").median == 0.25


def test_starting_up_is_no_part_of_a_cost() -> None:
    assert Cost(5.0, 2.0).less(Cost(1.0, 1.0)).each(4) == Cost(1.0, 0.25)


def test_each_case_is_about_a_project_of_its_own() -> None:
    asked = [json.dumps(body(each), sort_keys=True) for each in (*openings("t", 3), *openings("t", 3))]
    assert len(set(asked)) == 6


def test_no_case_is_gone_on_with_before_every_case_has_come_as_far() -> None:
    names = [body(each)["body"]["act"] for each in acts({"window": "w", "coordinator": "c"}, ["one", "other"])]
    assert names == ["application.pushed"] * 2 + ["survey.held"] * 2 + ["approval.opened"] * 2


def test_pages_are_first_ones_and_later_ones_of_all_and_of_each_party() -> None:
    asked = {path(each) for each in pages("t", ["place"], 12)}
    assert len(asked) == 2 * (1 + len(UTILITIES))
    assert sum("after=place" in each for each in asked) == 6


def test_nothing_is_asked_for_but_cases_acts_and_findings() -> None:
    everything = [*openings("t", 2), *acts({"window": "w", "coordinator": "c"}, ["one"]), *pages("t", [], 2)]
    assert {path(each).partition("?")[0] for each in everything} == {"/v1/cases", "/v1/cases/one/acts", "/v1/findings"}


@pytest.mark.parametrize("module", sorted((ROOT / "bench" / "paired").glob("*.py")), ids=lambda file: file.stem)
def test_no_layout_of_the_product_is_known_but_who_starts_the_servers(module: Path) -> None:
    rooms = {each.name for each in ROOT.iterdir() if (each / "__init__.py").exists()} - {"bench"}
    tree = ast.parse(module.read_text("utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in imported if name.partition(".")[0] in rooms} <= {"cli.servers"}


@pytest.mark.slow("servers, a city, a sweep and an audit")
def test_a_side_serves_sweeps_and_audits_with_its_own_program() -> None:
    with up(ROOT) as side:
        client = side.client("coordinator")
        with side.serving() as served:
            before = served.spent()
            bearer = {"Authorization": f"Bearer {served.token(client)}"}
            assert served.asked("/v1/findings", bearer)["items"] == []
            asked = served.spent().less(before)
            (swept,) = in_slices([Job(side, "worker", is_done=Swept(served.last_sweep))])
            assert served.last_sweep() is not None
        audit = Job(side, "audit", "--json")
        (audited,) = in_slices([audit])
    assert json.loads(audit.said)["cases"] == 0
    assert swept.own > 0
    assert audited.own > 0
    assert asked.own >= 0
    assert asked.postgres >= 0


def test_a_folder_without_the_program_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path), "--pairs", "1"])
    assert ended.value.code == 2
    assert "run ./just there first" in capsys.readouterr().err


def test_moments_of_a_case_go_forward() -> None:
    moments = [str(body(each)["occurredAt"]) for each in (*openings("t", 1), *acts({"window": "w", "coordinator": "c"}, ["one"]))]
    assert all(one <= other for one, other in pairwise(moments))
