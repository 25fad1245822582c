"""A wrong plan file is refused with the file, the place in it, what was found and the mend."""

import re
import tomllib
from pathlib import Path

import pytest

from schemes import SchemeFault, parse_scheme
from tests.schemes.plans import changed

CASES = tomllib.loads(Path(__file__).with_name("wrong_files.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[f"{number} {case['what']}" for number, case in enumerate(CASES)])
def test_a_wrong_file_is_told_where_what_and_how_to_mend_it(case: dict[str, str]) -> None:
    with pytest.raises(SchemeFault) as fault:
        parse_scheme(changed("jingmen", case["was"], case["now"]), "wrong.toml")
    wrongs = fault.value.wrongs
    told = [wrong for wrong in wrongs if re.search(case["path"], wrong.path) and re.search(case["what"], wrong.what)]
    assert told, str(fault.value)
    assert case["mend"] in told[0].mend
    assert str(fault.value).startswith("wrong.toml, ")


def test_everything_wrong_is_told_at_once() -> None:
    data = changed("jingmen", 'limit = "3wd"', 'limit = "3x"').replace(b'id = "one-notice"', b"ident = 1").replace(b'"fact"', b'"fakt"', 1)
    with pytest.raises(SchemeFault) as fault:
        parse_scheme(data, "wrong.toml")
    assert len(fault.value.wrongs) == len(str(fault.value).splitlines()) == 3


def test_a_file_that_is_not_utf_8_is_told_so() -> None:
    with pytest.raises(SchemeFault, match=r"x\.toml, \$: byte 6 is not UTF-8\. Save the file as UTF-8"):
        parse_scheme("name='荆'".encode("gb18030"), "x.toml")


def test_a_table_where_rows_belong_is_told() -> None:
    with pytest.raises(SchemeFault, match="rule: expected `array`"):
        parse_scheme(b"rule = {}\nacts = []\n", "x.toml")
