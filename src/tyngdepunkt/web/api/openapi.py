"""The OpenAPI document, made from what the handlers are: their signatures, docstrings and operations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from inspect import isfunction
from typing import Any, get_args

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.typing import FieldDefinition
from litestar.utils.signature import ParsedSignature

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import written
from tyngdepunkt.json_types import Language
from tyngdepunkt.web.answers.shared import Problem
from tyngdepunkt.web.api.operation import CSV, JSON, OPTION, PREFIX, Operation

_REF = "#/components/schemas/"
PROBLEM = "application/problem+json"
_KIND = re.compile(r":[a-z]+\}")
_ABOUT = """\
Places, figures, rules and assessments as JSON, from the same models as the pages.

- `lang` chooses the language of sentences: nb, nn or en; else `Accept-Language` does.
- Lists come a part at a time; the header `Link` leads to the next and the previous part.
- Answers to GET carry an `ETag` of the snapshot; send it back in `If-None-Match` to be told 304.
- A figure that is missing is null, never zero; `quality` says why.
- What is wrong comes back as a problem document (RFC 9457) that says what, why and what to do.
- Other sites' scripts may read it only where whoever runs the service has named them.
- Cases that are being written are not here; send a whole case to `/assess`. Nothing sent is kept.
"""
_LANG = {
    "name": "lang",
    "in": "query",
    "description": "Language of sentences.",
    "required": False,
    "schema": {"type": "string", "enum": list(get_args(Language))},
}
_ALWAYS = (400, 406, 421, 422, 500)
"""What every address can answer: a query, an `accept` or a host that will not do, and a bug."""
TAGS = ("Places", "Regions and towns", "Search", "What judgements rest on", "Assess and rank")
"""The headings, in the order they are shown."""
_HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {"description": "Mark of the snapshot and the language.", "schema": {"type": "string"}},
    "Link": {"description": "The next and the previous part.", "schema": {"type": "string"}},
}


def document(handlers: Iterable[HTTPRouteHandler]) -> dict[str, Any]:
    """The OpenAPI document of these handlers; those without an operation are left out.

    Args:
        handlers: handlers with `opt["operation"]`.
    """
    found = [handler for handler in handlers if OPTION in handler.opt]
    told = sorted(found, key=lambda handler: TAGS.index(_operation(handler).tag))
    refs, components = _schemas(_operation(handler) for handler in told)
    paths: dict[str, dict[str, Any]] = {}
    for handler in told:
        for path in sorted(handler.paths):
            address = _KIND.sub("}", path.removeprefix(PREFIX))
            for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"}):
                paths.setdefault(address, {})[method.lower()] = _told(handler, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tyngdepunkt",
            "version": version("tyngdepunkt"),
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": PREFIX}],
        "tags": [{"name": name} for name in dict.fromkeys(_operation(each).tag for each in told)],
        "paths": paths,
        "components": {"schemas": components},
    }


def _operation(handler: HTTPRouteHandler) -> Operation:
    found: Operation = handler.opt[OPTION]
    return found


def _schemas(operations: Iterable[Operation]) -> tuple[dict[Any, dict[str, Any]], dict[str, Any]]:
    types = dict.fromkeys(
        [Problem, *(kind for each in operations for kind in (each.gives, each.takes) if kind)]
    )
    told = [kind for kind in types if not _is_function(kind)]
    made, components = msgspec.json.schema_components(told, ref_template=f"{_REF}{{name}}")
    refs = dict(zip(told, made, strict=True))
    for kind in types:
        if _is_function(kind):
            refs[kind] = {"$ref": _REF + kind.__name__}
            components |= _named(kind.__name__, kind())
    return refs, dict(sorted(components.items()))


def _is_function(kind: Any) -> bool:
    """Whether a body is told by a function that gives its JSON Schema, and not by a type."""
    return isfunction(kind)


def _named(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with definitions of its own as components, all of them by name."""
    plain = json.loads(json.dumps(schema).replace("#/$defs/", _REF))
    definitions: dict[str, Any] = plain.pop("$defs", {})
    plain.pop("$schema", None)
    return {**definitions, name: plain}


def _told(handler: HTTPRouteHandler, refs: Mapping[Any, dict[str, Any]]) -> dict[str, Any]:
    operation = _operation(handler)
    told: dict[str, Any] = {
        "operationId": handler.handler_name,
        "tags": [operation.tag],
        "summary": handler.summary,
        "description": _paragraphs(handler.fn.__doc__ or ""),
        "parameters": [*_parameters(handler), _LANG],
        "responses": {"200": _answer(operation, refs, handler), **_others(operation, refs)},
        "x-example": operation.example,
    }
    if operation.body and not operation.takes:
        table = {"schema": {"type": "string", "description": "A table."}, "example": operation.body}
        first = next(iter(operation.several["properties"])) if operation.several else ""
        both = {"schema": operation.several, "example": {first: operation.body}}
        several = {JSON: both} if operation.several else {}
        told["requestBody"] = {"required": True, "content": {CSV: table, **several}}
    elif operation.takes:
        content = {"schema": refs[operation.takes], "example": example_body(operation)}
        others: dict[str, Any] = {kind: {"schema": content["schema"]} for kind in operation.kinds[1:]}
        others |= {kind: {"schema": {"type": "string"}} for kind in operation.also}
        told["requestBody"] = {"required": True, "content": {JSON: content, **others}}
    return told


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def example_body(operation: Operation) -> Any:
    """The example of a body as JSON."""
    from pathlib import Path

    from tyngdepunkt.inputs.reading import parse_mapping

    return json.loads(json.dumps(parse_mapping(operation.body, Path("example")).data, default=str))


def _answer(
    operation: Operation, refs: Mapping[Any, dict[str, Any]], handler: HTTPRouteHandler
) -> dict[str, Any]:
    names = [] if operation.body else ["ETag"]
    names += ["Link"] if "limit" in _signature(handler).parameters else []
    return {
        "description": "The answer.",
        "headers": {name: _HEADERS[name] for name in names},
        "content": {JSON: {"schema": refs[operation.gives]}},
    }


def _others(operation: Operation, refs: Mapping[Any, dict[str, Any]]) -> dict[str, Any]:
    problem = {PROBLEM: {"schema": refs[Problem]}}
    found: dict[str, Any] = {} if operation.body else {"304": {"description": "Not changed since."}}
    for status in sorted({*_ALWAYS, *operation.errors}):
        if status < 400:
            found[str(status)] = {"description": "Moved: the same under its right address."}
        else:
            found[str(status)] = {"description": HTTPStatus(status).phrase, "content": problem}
    return found


def _parameters(handler: HTTPRouteHandler) -> list[dict[str, Any]]:
    in_path = {name for path in handler.paths for name in _in_path(path)}
    found = []
    for name, field in _signature(handler).parameters.items():
        if name in in_path:
            described = {"description": _operation(handler).named, "schema": {"type": "string"}}
            found.append({"name": name, "in": "path", "required": True, **described})
        elif isinstance(field.kwarg_definition, QueryParameter):
            found.append(_in_query(name, field, field.kwarg_definition))
    return found + [each for each in _of_model(_operation(handler)) if each["name"] not in in_path]


def _of_model(operation: Operation) -> list[dict[str, Any]]:
    """The parameters that a model names."""
    if operation.parameters is None:
        return []
    fields = operation.parameters.model_json_schema()["properties"]
    own = written(operation.parameters)
    return [
        {
            "name": name,
            "in": "query",
            "description": texts.text(f"{operation.help_in}:fields.{own[name]}.help", "en"),
            "required": "default" not in schema,
            "schema": {key: value for key, value in schema.items() if key != "title"},
        }
        for name, schema in fields.items()
    ]


def _signature(handler: HTTPRouteHandler) -> ParsedSignature:
    """The signature as it is written; the handler's own is fixed by whoever reads it first."""
    return ParsedSignature.from_fn(handler.fn, {})


def _in_path(path: str) -> list[str]:
    return [part[1:-1].partition(":")[0] for part in path.split("/") if part.startswith("{")]


def _in_query(name: str, field: FieldDefinition, known: QueryParameter) -> dict[str, Any]:
    schema = dict(msgspec.json.schema(list[str] if field.is_optional else field.annotation))
    schema |= {"maxLength": known.max_length} if known.max_length else {}
    schema |= known.schema_extra or {}
    if isinstance(field.default, str | int):
        schema["default"] = field.default
    return {
        "name": known.name or name,
        "in": "query",
        "description": known.description or "",
        "required": field.is_required or "minItems" in schema,
        "schema": schema,
    }


@cache
def own() -> dict[str, Any]:
    """The document of this API, made once."""
    from tyngdepunkt.web.parts import collect

    return document(collect().handlers)
