"""The contract, and a page that shows it with files of our own origin; loads nothing from elsewhere."""

import hashlib
from functools import cache
from pathlib import Path

from litestar import get

from api.wire.answer import JSON, Answer
from api.wire.operation import ApiRequest, Operation
from domain.refusals import NotFound
from words import sentence

BROWSER_FILES = Path(__file__).parents[2] / "node_modules" / "swagger-ui-dist"
FILES = {"swagger-ui.css": "text/css; charset=utf-8", "swagger-ui-bundle.js": "text/javascript; charset=utf-8"}
ICON = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f5f8b"/>\
<path d="M8 9h16M8 16h16M8 23h10" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>"""
PAGE = b"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>lianban \xe8\x81\x94\xe5\x8a\x9e \xc2\xb7 API</title>
<link rel="icon" href="/docs/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="contract"></div>
<noscript>The contract itself is at <a href="/v1/openapi.json">/v1/openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
START = b"""SwaggerUIBundle({ url: "/v1/openapi.json", dom_id: "#contract", deepLinking: true, validatorUrl: null });\n"""
POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
"""Scripts and styles come from our own files alone; Swagger UI draws its icons as data."""
PAGE_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}
CONTRACT = Operation(reply=JSON, tag="contract")
HTML = Operation(reply="text/html", tag="contract")
FILE = Operation(reply="*/*", problems=(NotFound,), tag="contract")
IMAGE = Operation(reply="image/svg+xml", tag="contract")


@get("/v1/openapi.json", operation_id="readContract", summary="This contract", opt=CONTRACT.opt)
async def read_contract(request: ApiRequest) -> Answer:
    """Answer with the contract as it is committed."""
    return Answer(body=request.app.state.contract, media_type=JSON, headers={"cache-control": "no-cache"})


@get("/docs", operation_id="readDocs", summary="This contract as a page", opt=HTML.opt)
async def read_docs() -> Answer:
    """Answer with the page."""
    return Answer(body=PAGE, headers=PAGE_HEADERS | {"content-type": "text/html; charset=utf-8"})


@get("/favicon.ico", operation_id="readIcon", summary="The icon", opt=IMAGE.opt)
async def read_icon() -> Answer:
    """Answer with our own icon, so that a browser asks nobody else."""
    return Answer(body=ICON, headers=PAGE_HEADERS | {"content-type": "image/svg+xml"})


@get("/docs/{fileName:str}", operation_id="readDocsFile", summary="A file of the page", opt=FILE.opt)
async def read_docs_file(request: ApiRequest) -> Answer:
    """Answer with the file, or 304 where the browser has it."""
    body, media = content_of(request.path_params["fileName"])
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = PAGE_HEADERS | {"content-type": media, "etag": tag}
    if request.headers.get("if-none-match") == tag:
        return Answer(status_code=304, headers={"etag": tag, "cache-control": "no-cache"})
    return Answer(body=body, headers=headers)


def content_of(name: str, folder: Path = BROWSER_FILES) -> tuple[bytes, str]:
    """Find a file of the page, with its media type."""
    own = {"start.js": (START, "text/javascript; charset=utf-8"), "icon.svg": (ICON, "image/svg+xml")}
    if name in own:
        return own[name]
    if name not in FILES:
        raise NotFound(sentence("The page has no file {name!r}.", name=name[:100]))
    try:
        return _read(folder / name), FILES[name]
    except OSError as fault:
        raise NotFound(
            sentence("The page's files are not installed. Run ./just setup; the contract itself is at /v1/openapi.json.")
        ) from fault


@cache
def _read(file: Path) -> bytes:
    return file.read_bytes()
