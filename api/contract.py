"""The contract as OpenAPI 3.1, made from the very structs that requests are read with; the committed file is compared with it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from litestar.handlers import HTTPRouteHandler

from api.permissions import Permission
from api.routes import HANDLERS
from api.wire.answer import JSON
from api.wire.operation import Operation, Query
from api.wire.problems import FAULT, PROBLEM_JSON, TABLE, NotReadable, TooLarge, TooSlow, WrongMediaType, row_of
from casework.access.caller import NotAuthenticated
from casework.access.roles import SCOPES
from domain.refusals import NotAllowed, NotFound
from storage.postgres.faults import DatabaseAway

Document = dict[str, Any]
_REF = "#/components/schemas/{name}"
NO_NUL = r"^[^\u0000]*$"
_PARAMETER = re.compile(r"\{(\w+):(\w+)\}")
_KINDS: Mapping[str, Document] = {"uuid": {"type": "string", "format": "uuid"}, "str": {"type": "string", "minLength": 1, "maxLength": 100}}
_TAKES: Mapping[str, tuple[str, Document]] = {
    "Idempotency-Key": (
        "A key of your own for this request; sent again within a day, the first answer is given again and nothing is done twice.",
        {"type": "string", "pattern": r"^[\x21-\x7e]{1,200}$"},
    ),
    "If-None-Match": ("The ETag that you have; answered with 304 if it is still the one.", {"type": "string"}),
    "Range": ("One part of the bytes; answered with 206. Several at once are answered with the whole.", {"type": "string"}),
    "If-Match": (
        "The ETag that you read; refused with 412 if the case has moved on since.",
        {"type": "string"},
    ),
}
_GIVES = {
    "Location": "Where what was made can be read.",
    "ETag": "The case's version; of a document, the digest of its bytes.",
    "Content-Disposition": "To be saved, under its name.",
    "Link": "The next page, as rel=next.",
}
_PROBLEM: Document = {
    "type": "object",
    "description": "What was received, why not, what to do (RFC 9457). Further members say it for programs.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:lianban:problem:not-found"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_DESCRIPTION = """联办 watches the deadlines and promises of a city's joint utility connection, and keeps the evidence.

Moments are RFC 3339 with an offset, and are kept as UTC in whole seconds; days are days in Shanghai.
Unknown fields and unknown query parameters are refused; of a field that a body gives twice, the last one counts.
Lists come as keyset pages: `next` goes into `after`.
What is not yours to see is answered as if it did not exist. HEAD is not answered: ask with GET.
A token is good for ten minutes at most. Where its client is disabled meanwhile, the very next request with it is refused."""


def render() -> bytes:
    """Write the contract, the same bytes for the same code."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=1) + b"\n"


def document() -> Document:
    """Make the contract."""
    operations = [(handler, operation_of(handler)) for handler in HANDLERS]
    schemas = _schemas(operation for _, operation in operations)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "lianban 联办",
            "version": "1",
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(operation.tag for _, operation in operations)],
        "paths": _paths(operations),
        "components": {"schemas": schemas, "responses": _responses(), "securitySchemes": _security()},
    }


def operation_of(handler: HTTPRouteHandler) -> Operation:
    """Find what a handler's operation reads and answers."""
    found: Operation = handler.opt["operation"]
    return found


def path_of(handler: HTTPRouteHandler) -> str:
    """Write a handler's path as the contract does."""
    return _PARAMETER.sub(r"{\1}", min(handler.paths))


def _paths(operations: Iterable[tuple[HTTPRouteHandler, Operation]]) -> Document:
    paths: Document = {}
    for handler, operation in operations:
        method = min(handler.http_methods).lower()
        paths.setdefault(path_of(handler), {})[method] = _operation(handler, operation)
    return paths


def _operation(handler: HTTPRouteHandler, operation: Operation) -> Document:
    permission: Permission = handler.opt["permission"]
    made: Document = {
        "operationId": handler.operation_id,
        "summary": handler.summary,
        "description": _described(handler, permission),
        "tags": [operation.tag],
        "parameters": [*_path_parameters(handler), *_query_parameters(operation.query), *_header_parameters(operation.takes)],
        "responses": _answers(handler, operation, permission),
        "security": [{"token": [permission.scope]}] if permission.roles else [],
    }
    if operation.body is not None:
        shown = {name: {"value": value} for name, value in operation.examples.items()}
        content = {"schema": _schema_of(operation.body.kind), "examples": shown}
        made["requestBody"] = {"required": True, "content": {operation.body.media: content}}
    if operation.uploads:
        made["requestBody"] = {"required": True, "content": {media: {} for media in operation.uploads}}
    return made


def _described(handler: HTTPRouteHandler, permission: Permission) -> str:
    who = (
        f"Roles: {', '.join(sorted(permission.roles))}. They see: {permission.sees}."
        if permission.roles
        else f"For everybody: {permission.sees}."
    )
    return f"{handler.fn.__doc__}\n\n{who}"


def _path_parameters(handler: HTTPRouteHandler) -> list[Document]:
    named = _PARAMETER.findall(min(handler.paths))
    return [{"name": name, "in": "path", "required": True, "schema": _KINDS[kind]} for name, kind in named]


def _query_parameters(query: Query[Any] | None) -> list[Document]:
    if query is None:
        return []
    shape = msgspec.json.schema_components([query.kind], ref_template=_REF)[1][query.kind.__name__]
    required = shape.get("required", ())
    return [_query_parameter(name, schema, name in required) for name, schema in shape["properties"].items()]


def _query_parameter(name: str, schema: Document, required: bool) -> Document:  # noqa: FBT001 -- as the contract has it
    schema = _without_null(schema)
    words = schema.pop("description", None)
    return {"name": name, "in": "query", "required": required, "schema": schema} | ({"description": words} if words else {})


def _without_null(schema: Document) -> Document:
    """A parameter is left out, never null."""
    schema = {key: value for key, value in schema.items() if not (key == "default" and value is None)}
    if "enum" in schema:
        schema["enum"] = [value for value in schema["enum"] if value is not None]
    kept = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    return {**{key: value for key, value in schema.items() if key != "anyOf"}, **kept[0]} if len(kept) == 1 else schema


def _header_parameters(names: Iterable[str]) -> list[Document]:
    return [{"name": name, "in": "header", "required": False, "description": _TAKES[name][0], "schema": _TAKES[name][1]} for name in names]


def _answers(handler: HTTPRouteHandler, operation: Operation, permission: Permission) -> Document:
    good: Document = {"description": handler.summary, "content": _content(operation.reply)}
    if operation.headers:
        good["headers"] = {name: {"description": _GIVES[name], "schema": {"type": "string"}} for name in operation.headers}
    answers: Document = {str(operation.status): good}
    answers |= {str(status): good | {"description": words} for status, words in operation.also.items()}
    if handler.operation_id == "readReadiness":
        answers["503"] = good | {"description": "The database is away or of another release"}
    kinds = [*operation.problems, *_everywhere(handler, operation, permission)]
    for status in sorted({row_of(kind).status for kind in kinds} | {FAULT.status}):
        answers.setdefault(str(status), {"$ref": f"#/components/responses/Problem{status}"})
    return dict(sorted(answers.items()))


def _everywhere(handler: HTTPRouteHandler, operation: Operation, permission: Permission) -> Iterable[type[Exception]]:
    """Name the problems that follow from what an operation takes."""
    if operation.query or operation.body or operation.takes:
        yield NotReadable
    if operation.body or operation.uploads:
        yield from (TooLarge, TooSlow, WrongMediaType)
    if permission.roles:
        yield from (NotAuthenticated, NotAllowed, DatabaseAway)
    if "{" in path_of(handler):
        yield NotFound


def _content(reply: Any) -> Document:  # noqa: ANN401 -- a struct or a media type
    if reply == JSON:
        return {JSON: {"schema": {"type": "object"}}}
    if isinstance(reply, tuple):
        return {media: {} for media in reply}
    if isinstance(reply, str):
        return {reply: {"schema": {"type": "string"}}}
    return {JSON: {"schema": _schema_of(reply)}}


def _schema_of(kind: Any) -> Document:  # noqa: ANN401 -- a struct
    return {"$ref": _REF.format(name=kind.__name__)}


def _schemas(operations: Iterable[Operation]) -> Document:
    kinds = {
        kind
        for operation in operations
        for kind in (operation.body and operation.body.kind, operation.reply)
        if kind is not None and not isinstance(kind, str | tuple)
    }
    found = msgspec.json.schema_components(sorted(kinds, key=lambda kind: kind.__name__), ref_template=_REF)[1]
    return {"Problem": _PROBLEM} | {name: _without_nul(schema) for name, schema in sorted(found.items())}


def _without_nul(schema: Any) -> Any:  # noqa: ANN401 -- any part of a schema
    """Say of free text what every body is checked for: it holds no NUL."""
    if isinstance(schema, list):
        return [_without_nul(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _without_nul(part) for name, part in schema.items()}
    free = made.get("type") == "string" and not {"pattern", "format", "enum"} & made.keys()
    return made | {"pattern": NO_NUL} if free else made


def _responses() -> Document:
    rows = {row.status: row for row in reversed([*TABLE.values(), FAULT])}
    content = {PROBLEM_JSON: {"schema": {"$ref": _REF.format(name="Problem")}}}
    titles = {
        status: "; or: ".join(dict.fromkeys(row.title for row in [*TABLE.values(), FAULT] if row.status == status)) for status in rows
    }
    return {f"Problem{status}": {"description": titles[status], "content": content} for status in sorted(rows)}


def _security() -> Document:
    scopes = {scope: f"may use operations of {scope}" for scope in SCOPES}
    return {"token": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes}}}}
