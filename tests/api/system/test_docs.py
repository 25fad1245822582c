"""The contract is shown with files of our own origin alone."""

import re
from pathlib import Path

import httpx
import pytest

from api.contract import render
from api.system.docs import content_of
from domain.refusals import NotFound


async def test_the_page_loads_nothing_from_elsewhere(anybody: httpx.AsyncClient) -> None:
    page = await anybody.get("/docs")
    assert page.status_code == 200
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    for address in loaded:
        assert (await anybody.get(address)).status_code == 200, address
    assert "<script>" not in page.text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    start = (await anybody.get("/docs/start.js")).text
    assert '"/v1/openapi.json"' in start
    assert "validatorUrl: null" in start


async def test_a_file_that_the_browser_has_is_not_sent_again(anybody: httpx.AsyncClient) -> None:
    first = await anybody.get("/docs/swagger-ui.css")
    again = await anybody.get("/docs/swagger-ui.css", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_the_icon_is_our_own(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.get("/favicon.ico")).headers["content-type"] == "image/svg+xml"


async def test_the_contract_is_served_as_it_is_committed(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.get("/v1/openapi.json")).content == render()


def test_files_that_are_not_installed_are_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"\./just setup"):
        content_of("swagger-ui.css", tmp_path)


@pytest.mark.parametrize("name", ["index.html", "..", "../package.json", "swagger-ui.css/.."])
def test_no_other_file_is_given_out(name: str) -> None:
    with pytest.raises(NotFound):
        content_of(name)
