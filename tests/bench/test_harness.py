"""What the harness promises of its figures, its table and its files; no benchmark is run here."""

import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from bench.__main__ import BENCHMARKS, main
from bench.harness import Bound, Results, compared, in_turns, percentile, under
from bench.machine import MachineLoad, Watch, machine
from bench.report import HEADS, cells, keep, kept, markdown, show, shown

FASTER = compared("a due moment", "µs", 0.2, Bound(ratio=10, most=0.6), peer=13.0, peer_is="the other", notes=["a note"])
BUSIER = compared("a page", "requests/s", 500.0, Bound(ratio=0.6), peer=1_000.0, peer_is="by hand", more_is_better=True)
ALONE = compared("a sweep", "s", 5.5, Bound(most=6))
RESULTS: Results = {"due": FASTER, "page": BUSIER, "sweep": ALONE}


def test_a_ratio_says_how_many_times_as_good_ours_is() -> None:
    assert FASTER.ratio == pytest.approx(65)
    assert BUSIER.ratio == pytest.approx(0.5)
    assert ALONE.ratio is None


def test_a_figure_reaches_its_limit_only_with_every_part_of_it() -> None:
    assert FASTER.reached
    assert not BUSIER.reached
    assert not compared("slow", "µs", 0.7, Bound(ratio=10, most=0.6), peer=13.0).reached
    assert not compared("near", "µs", 0.5, Bound(ratio=10, most=0.6), peer=4.0).reached
    assert not compared("few", "cases/s", 4_999, Bound(least=5_000)).reached


def test_a_ratio_that_is_asked_for_needs_a_peer() -> None:
    assert not compared("alone", "s", 1, Bound(ratio=2)).reached


def test_a_limit_is_written_with_its_unit() -> None:
    assert Bound(ratio=10, most=0.6).words("µs") == "≥ 10 × peer, ≤ 0.6 µs"
    assert Bound(least=5_000).words("cases/s") == "≥ 5,000 cases/s"


@pytest.mark.parametrize(("value", "words"), [(0.2314, "0.231"), (13.04, "13.0"), (1_234.5, "1,234"), (0, "0"), (None, "")])
def test_a_figure_is_shown_with_three_digits_that_count(value: float | None, words: str) -> None:
    assert shown(value) == words


def test_both_sides_work_in_every_round_and_once_to_warm_up() -> None:
    worked: list[str] = []

    def side(name: str) -> int:
        worked.append(name)
        return 2

    medians = in_turns([lambda: side("ours"), lambda: side("peer")], rounds=4)
    assert worked == ["ours", "peer", "ours", "peer", "peer", "ours", "ours", "peer", "peer", "ours"]
    assert len(medians) == 2
    assert all(median >= 0 for median in medians)


def test_the_99th_of_a_hundred_is_passed_by_one_in_a_hundred() -> None:
    assert percentile(list(range(1, 101)), 99) == 99
    assert percentile([7.0], 99) == 7.0


def test_the_page_has_a_row_for_each_figure_and_every_note(tmp_path: Path) -> None:
    page = markdown(RESULTS, "Measured on two cores.")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert [row.count("|") for row in rows] == [len(HEADS) + 1] * (len(RESULTS) + 2)
    assert "- `due`: a note" in page
    assert "Measured on two cores." in page
    keep(RESULTS, "Measured on two cores.", tmp_path)
    assert (tmp_path / "results.md").read_text(encoding="utf-8") == page


def test_the_file_holds_ours_peer_ratio_and_unit_by_name(tmp_path: Path) -> None:
    keep(RESULTS, "here", tmp_path)
    read = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert list(read) == ["due", "page", "sweep"]
    assert read["due"]["unit"] == "µs"
    assert read["due"]["ours"] == 0.2
    assert read["due"]["peer"] == 13.0
    assert read["due"]["ratio"] == pytest.approx(65)
    assert read["sweep"]["peer"] is None
    assert [each["reached"] for each in read.values()] == [True, False, True]


def test_a_run_of_one_benchmark_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    keep(RESULTS, "here", tmp_path)
    keep({"sweep": compared("a sweep", "s", 7.5, Bound(most=6))}, "here", tmp_path)
    assert {name: result.ours for name, result in kept(tmp_path).items()} == {"due": 0.2, "page": 500.0, "sweep": 7.5}


def test_the_table_says_what_falls_short() -> None:
    console = Console(record=True, width=160, file=io.StringIO())
    show(RESULTS, console)
    text = console.export_text()
    assert re.search(r"page .*no", text)
    assert cells("page", BUSIER)[-1] == "**no**"


def test_the_machine_is_told_in_words_without_a_path() -> None:
    words = machine("2026-11-21", MachineLoad(average=1.0, others=0.004))
    assert re.match(r"Last run on 2026-11-21: \d+ cores? ", words)
    assert "others took 0.4% of the cores' time" in words
    assert "/" not in words


def test_each_figure_is_kept_with_how_busy_others_were(tmp_path: Path) -> None:
    keep(under(MachineLoad(average=1.75, others=0.061), {"sweep": ALONE}), "here", tmp_path)
    read = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert read["sweep"]["load"] == {"average": 1.75, "others": 0.061}
    assert "| load 1.8, others 6% |" in (tmp_path / "results.md").read_text(encoding="utf-8")


def test_a_figure_from_before_loads_were_noted_is_still_read(tmp_path: Path) -> None:
    keep({"sweep": ALONE}, "here", tmp_path)
    file = tmp_path / "results.json"
    file.write_text(json.dumps({"sweep": {name: one for name, one in json.loads(file.read_bytes())["sweep"].items() if name != "load"}}))
    assert kept(tmp_path)["sweep"].load is None


def test_what_we_do_ourselves_is_not_others_work() -> None:
    watch = Watch()
    until = time.process_time() + 0.3
    while time.process_time() < until:
        pass
    subprocess.run([sys.executable, "-c", "sum(range(10_000_000))"], check=True)
    load = watch.load()
    assert 0 <= load.others <= 1
    assert load.average >= 0


def test_a_name_that_is_no_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["nothing-of-ours"])
    assert ended.value.code == 2
    words = capsys.readouterr().err
    assert all(name in words for name in BENCHMARKS)
