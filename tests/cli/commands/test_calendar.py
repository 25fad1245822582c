"""`lianban calendar`: each day with its source, and later notices and local closures taken up as new editions."""

import json
from datetime import date
from pathlib import Path

import pytest

from cli.running.editions import current_edition, keep_imports, kept_imports
from tests.cli.conftest import Saying


def test_a_published_year_names_its_notice(lianban: Saying) -> None:
    days = {day["date"]: day for day in lianban("calendar", "show", "2026", "--json").json}
    assert len(days) == 365
    assert days["2026-10-10"] == {
        "date": "2026-10-10",
        "working": True,
        "name": "国庆节调休上班",
        "source": "国办发明电〔2025〕7号",
        "published": True,
    }
    assert days["2026-10-01"]["working"] is False
    assert days["2026-11-16"] == {"date": "2026-11-16", "working": True, "name": "工作日", "source": "weekday", "published": True}


def test_a_year_without_a_notice_says_so(lianban: Saying) -> None:
    days = lianban("calendar", "show", "2031", "--json").json
    assert not any(day["published"] for day in days)
    assert "no notice yet" in lianban("calendar", "show", "2031").out


def test_people_read_the_days_that_depart_from_the_week(lianban: Saying) -> None:
    said = lianban("calendar", "show", "2026")
    assert "2026-10-10 Sat at work" in said.out
    assert "2026-11-16" not in said.out
    assert "2026-11-16 Mon at work" in lianban("calendar", "show", "2026", "--all").out


def closure(folder: Path, document: str, day: str) -> Path:
    file = folder / "雪灾 停办.json"
    file.write_text(json.dumps({"city": "420800", "document": document, "closed": [{"date": day, "name": "雪灾"}]}, ensure_ascii=False))
    return file


def test_a_citys_own_closure_counts_there_alone(on_database: Saying, tmp_path: Path) -> None:
    first = on_database("calendar", "import", str(closure(tmp_path, "样例停办通知", "2026-11-16")))
    assert (first.status, first.err) == (0, "")
    assert "new edition" in first.out
    there = {day["date"]: day for day in on_database("calendar", "show", "2026", "--city", "420800", "--json").json}
    assert (there["2026-11-16"]["working"], there["2026-11-16"]["source"]) == (False, "样例停办通知")
    elsewhere = {day["date"]: day for day in on_database("calendar", "show", "2026", "--city", "420281", "--json").json}
    assert elsewhere["2026-11-16"]["working"] is True
    again = on_database("calendar", "import", str(closure(tmp_path, "样例停办通知", "2026-11-16")))
    assert "nothing new" in again.out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"year":2031,"papers":["x"],"days":[{"name":"x","date":"2031-01-01","isOffDay":true}]}', "gap"),
        (b"{", "JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"\0", "NUL"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_changes_nothing(lianban: Saying, tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "notice.json"
    file.write_bytes(content)
    said = lianban("calendar", "import", str(file))
    assert said.status == 1
    assert "notice.json" in said.err
    assert told in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "data").exists(), "no server was started for it"


def test_a_file_that_is_not_there_is_refused(lianban: Saying, tmp_path: Path) -> None:
    said = lianban("calendar", "import", str(tmp_path / "none.json"))
    assert said.status == 1
    assert "none.json" in said.err


def test_copies_keep_their_order_and_what_is_gone_goes(tmp_path: Path) -> None:
    days = [{"date": "2026-11-17", "name": "修缮"}]
    imports = [
        (f"{name}.json", json.dumps({"city": "420800", "document": f"样例{number}", "closed": days}).encode())
        for number, name in enumerate("zyxwvutsrqp")
    ]
    keep_imports(tmp_path, imports)
    assert kept_imports(tmp_path) == imports
    assert not current_edition(tmp_path).calendar("420800").is_working(date(2026, 11, 17))
    keep_imports(tmp_path, imports[:1])
    assert kept_imports(tmp_path) == imports[:1]
