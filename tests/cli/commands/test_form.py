"""`lianban form`: forms listed, handed out and printed as PDF, to a file or a pipe, with the fonts that are named."""

import io
import subprocess
from pathlib import Path

import pdfplumber
import pytest

from storage.cases.opening import open_with
from storage.postgres.transaction import Database
from tests.cli.conftest import HOUSE, LIANBAN, Saying, process, surroundings
from tests.domain.desk import Desk
from tests.domain.stories import CASE, accepted

NOBODY = "00000000-0000-4000-8000-000000000000"


def text(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join(page.extract_text() for page in document.pages).replace("\n", "").replace(" ", "")


def test_the_forms_of_a_plan_are_listed_by_their_titles(lianban: Saying) -> None:
    said = lianban("form", "list", "--scheme", "daye-2023")
    assert (said.status, said.err) == (0, "")
    assert [line.split() for line in said.out.splitlines()][:2] == [
        ["daye-2023", "demand", "企业获得水、电、气、网络报装信息采集单"],
        ["daye-2023", "application", "企业用户水、电、气、网络联合报装业务申请表"],
    ]
    assert "jingmen-2023 interview" in lianban("form", "list").out


def test_a_blank_goes_to_the_file_that_is_named_with_fields_where_asked(lianban: Saying, tmp_path: Path) -> None:
    file = tmp_path / "采集单.pdf"
    said = lianban("form", "blank", "demand", "--scheme", "jingmen-2023", "--fillable", "-o", str(file))
    assert (said.status, said.out, said.err) == (0, "", "")
    assert "用户水、气、热、电、网需求信息采集单" in text(file.read_bytes())
    assert b"/AcroForm" in file.read_bytes()


def test_a_blank_goes_to_the_pipe_as_it_is(settings: dict[str, str]) -> None:
    words = [*LIANBAN, "form", "blank", "notice", "--scheme", "jingmen-2023"]
    done = subprocess.run(words, capture_output=True, env=surroundings(**settings), cwd=HOUSE, check=True, timeout=120)
    assert "提示告知单" in text(done.stdout)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("blank", "diploma", "--scheme", "daye-2023"), "no printed form 'diploma'"),
        (("blank", "sheet", "--scheme", "atlantis"), "There is no scheme 'atlantis'"),
        (("blank", "sheet", "--scheme", "daye-2023", "--fillable"), "only the intake forms"),
        (("print", "case-7", "sheet"), "case-7"),
        (("blank", "sheet", "--scheme", "daye-2023", "-o", "nowhere/sheet.pdf"), "there is no folder nowhere"),
    ],
)
def test_wrong_words_are_told_in_one_line(lianban: Saying, words: tuple[str, ...], told: str) -> None:
    said = lianban("form", *words)
    assert (said.status, said.err.count("\n")) == (2, 1)
    assert told in said.err


def test_fonts_are_taken_from_the_folder_that_is_named_or_told_to_be_missing(settings: dict[str, str], tmp_path: Path) -> None:
    words = ("form", "blank", "demand", "--scheme", "daye-2023", "-o", str(tmp_path / "x.pdf"))
    said = process(*words, settings=settings | {"LIANBAN_FONTS": str(tmp_path)})
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert "no Chinese font" in said.err
    assert "LIANBAN_FONTS" in said.err
    listed = process("form", "list", settings=settings | {"LIANBAN_FONTS": str(tmp_path)})
    assert listed.status == 0, "nothing but printing needs a font"


@pytest.fixture(scope="module")
async def _case(database: Database) -> None:
    """An application that the bureau has accepted."""
    desk = Desk()
    desk.opens(accepted("jm-water"), by="jm-spj")
    assert desk.case is not None
    async with database.transaction() as tx:
        await open_with(tx, desk.case, desk.story.entries, desk.story.judged().clocks, numbered=True)


@pytest.mark.usefixtures("_case")
def test_a_case_s_form_is_printed_from_the_database(on_database: Saying, tmp_path: Path) -> None:
    file = tmp_path / "申请.pdf"
    said = on_database("form", "print", str(CASE), "application", "-o", str(file))
    assert (said.status, said.err) == (0, "")
    assert "荆楚精密制造有限公司" in text(file.read_bytes())
    missing = on_database("form", "print", str(CASE), "notice", "-o", str(file))
    assert (missing.status, "notice cannot be printed" in missing.err) == (1, True)
    nowhere = on_database("form", "print", NOBODY, "sheet", "-o", str(file))
    assert (nowhere.status, "there is no case" in nowhere.err) == (1, True)


@pytest.mark.usefixtures("_case")
def test_a_case_is_named_by_the_year_and_number_that_its_form_bears(on_database: Saying, tmp_path: Path) -> None:
    file = tmp_path / "编号.pdf"
    said = on_database("form", "print", "jingmen-2023/2026/1", "application", "-o", str(file))
    assert (said.status, said.err) == (0, "")
    assert "荆楚精密制造有限公司" in text(file.read_bytes())
    nowhere = on_database("form", "print", "jingmen-2023/2026/999", "application", "-o", str(file))
    assert (nowhere.status, "there is no case jingmen-2023/2026/999" in nowhere.err) == (1, True)
    unread = on_database("form", "print", "七号", "application", "-o", str(file))
    assert (unread.status, "plan/year/number" in unread.err) == (2, True)
