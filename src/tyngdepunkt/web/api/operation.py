"""What an address of the API says of itself, beside its handler, for the OpenAPI document and its tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from litestar import get, post
from litestar.params import FromPath, QueryParameter

from tyngdepunkt.web.api.content_negotiation import guard_body, guard_format
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.output import LARGEST_PAGE

OPTION = "operation"
JSON, YAML, CSV, XML = "application/json", "application/yaml", "text/csv", "application/xml"
_ALSO_YAML = ("application/x-yaml", "text/yaml")
PREFIX = "/api/v1"

Limit = Annotated[
    int,
    QueryParameter(description="How many at a time.", schema_extra={"minimum": 1, "maximum": LARGEST_PAGE}),
]
Offset = Annotated[int, QueryParameter(description="How many to skip.", schema_extra={"minimum": 0})]
Name = FromPath[str]
SLASHES = "A slash in a name may be written as it is, or as `%2F`."
"""What is said of a name that is the rest of the address, `{name:path}`."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API.

    Args:
        tag: the heading it stands under.
        gives: the type of its answer.
        example: an address, below the prefix, that answers with 200.
        errors: what else it can answer, beside 400, 406, 421, 422 and 500.
        takes: the type of its body, or a function that gives its JSON Schema and bears its name; None
            where it has no body, or one that is `CSV`.
        body: a body that answers with 200; empty where it has none.
        also: kinds of body that are read beside JSON and YAML, or beside CSV.
        named: what the last part of the address is.
        parameters: a model whose fields can stand in the query.
        help_in: the room whose texts say what each of them is.
        several: JSON Schema of an object that brings several tables at once; None where there is one.
    """

    tag: str
    gives: Any
    example: str
    errors: tuple[int, ...] = ()
    takes: Any = None
    body: str = ""
    named: str = ""
    parameters: Any = None
    help_in: str = ""
    also: tuple[str, ...] = ()
    several: Mapping[str, Any] | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of body it says that it reads."""
        if self.takes:
            return (JSON, YAML, *self.also)
        return (CSV, *self.also, *((JSON,) if self.several else ())) if self.body else ()


def reading(path: str, summary: str, operation: Operation) -> Callable[[Any], Any]:
    """A handler that reads figures: run in a thread, and marked with the snapshot."""
    opt = {**BY_SNAPSHOT, OPTION: operation}
    return get(
        f"{PREFIX}{path}",
        sync_to_thread=True,
        opt=opt,
        media_type=JSON,
        summary=summary,
        guards=[guard_format],
    )


def asking(path: str, summary: str, operation: Operation) -> Callable[[Any], Any]:
    """A handler that is sent a body and computes; nothing is kept."""
    understood = (*operation.kinds, *(_ALSO_YAML if YAML in operation.kinds else ()))
    opt = {OPTION: operation}
    return post(
        f"{PREFIX}{path}",
        opt=opt,
        media_type=JSON,
        summary=summary,
        status_code=200,
        guards=[guard_format, guard_body(operation.kinds, understood)],
    )
