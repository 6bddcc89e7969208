"""The OpenAPI document, and a page that shows it in our own HTML."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from typing import Any

from litestar import Response, get
from markupsafe import Markup, escape

from tyngdepunkt.web import output
from tyngdepunkt.web.api import openapi
from tyngdepunkt.web.api.content_negotiation import guard_format
from tyngdepunkt.web.api.operation import CSV, JSON, PREFIX
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.parts import N_, NavEntry
from tyngdepunkt.web.rendering import Page

_ADDRESS = f"{PREFIX}/openapi.json"


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation as the page shows it: its place in the document, and a request that can be copied."""

    method: str
    path: str
    told: dict[str, Any]
    request: str

    @property
    def gives(self) -> str:
        """Name of the answer's schema."""
        schema = self.told["responses"]["200"]["content"][JSON]["schema"]
        return str(schema["$ref"]).rpartition("/")[2]

    @property
    def takes(self) -> str:
        """Name of the body's schema; empty where there is no body, or a table."""
        return str(self._in_json.get("$ref", "")).rpartition("/")[2]

    @property
    def files(self) -> list[str]:
        """Names of the tables that may come together as JSON; none where there is one."""
        return list(self._in_json.get("properties", {}))

    @property
    def _in_json(self) -> dict[str, Any]:
        content = self.told.get("requestBody", {}).get("content", {})
        return dict(content.get(JSON, {}).get("schema", {}))

    @property
    def takes_table(self) -> bool:
        """Whether its body is a table."""
        return CSV in self.told.get("requestBody", {}).get("content", {})


@get(_ADDRESS, sync_to_thread=True, opt=BY_SNAPSHOT, media_type=JSON, guards=[guard_format])
def show_document(page: Page) -> Response[Any]:
    """The OpenAPI document."""
    return output.as_json(openapi.own(), "en")


@get("/api/docs", sync_to_thread=True, opt=BY_SNAPSHOT)
def show_page(page: Page) -> Response[str]:
    """What the API offers, with requests to copy."""
    told = openapi.own()
    base = page.whole("")
    groups: dict[str, list[Shown]] = {tag["name"]: [] for tag in told["tags"]}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            request = _request(f"{base}{PREFIX}{operation['x-example']}", operation)
            groups[operation["tags"][0]].append(Shown(method.upper(), path, operation, request))
    return page(
        "api.html",
        info=told["info"],
        groups=groups,
        schemas=told["components"]["schemas"],
        document=_ADDRESS,
        prefix=PREFIX,
        kind=kind_of,
        anchor=lambda tag: re.sub(r"\W+", "-", tag.lower()),
        code_in=code_in,
    )


def _request(address: str, operation: dict[str, Any]) -> str:
    """The request as a command."""
    body = operation.get("requestBody")
    if not body:
        return f"curl {shlex.quote(address)}"
    kind = next(iter(body["content"]))  # the plainest stands first
    example = body["content"][kind]["example"]
    example = json.dumps(example, ensure_ascii=False) if kind == JSON else example
    option = "-d" if kind == JSON else "--data-binary"
    return f"curl {shlex.quote(address)} -H 'content-type: {kind}' \\\n  {option} {shlex.quote(example)}"


def code_in(text: str) -> Markup:
    """Text in which what stands between backticks is code."""
    parts = escape(text).split("`")
    return Markup("").join(  # every part is escaped above
        Markup("<code>{}</code>").format(part) if place % 2 else part for place, part in enumerate(parts)
    )


def kind_of(schema: dict[str, Any]) -> str:
    """A schema in a few words: `list of Amount`, `number or null`, `one of "max", "min"`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(kind_of(each) for each in schema["anyOf"])
    if "enum" in schema:
        return "one of " + ", ".join(json.dumps(each) for each in sorted(schema["enum"], key=str))
    if schema.get("type") == "array":
        return f"list of {kind_of(schema['items'])}" if schema.get("items") else "list"
    if isinstance(schema.get("additionalProperties"), dict) and schema["additionalProperties"]:
        return f"mapping to {kind_of(schema['additionalProperties'])}"
    found = schema.get("type", "anything")
    return " or ".join(found) if isinstance(found, list) else str(found)


handlers: list[Any] = [show_document, show_page]
ways = [NavEntry("/api/docs", name=N_("API"), order=90)]
