"""What the web consists of: every module of `pages/` and `api/`, found and put in order."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any


def N_(message: str) -> str:  # noqa: N802  # the name that gettext tools know
    """Mark a message for translation where it stands; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A way into a module.

    Args:
        path: where it leads.
        name: its word in the header, marked with `N_`; empty leaves it out of the header.
        sentence: what one can do there, as a link text on the front page, marked with `N_`;
            empty leaves it out of the front page.
        explained: one more sentence under the link, marked with `N_`.
        order: lower comes first.
    """

    path: str
    name: str = ""
    sentence: str = ""
    explained: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that the modules export, together."""

    handlers: tuple[Any, ...] = ()
    ways: tuple[NavEntry, ...] = ()
    dependencies: Mapping[str, Any] = field(default_factory=dict)


def collect() -> Parts:
    """Import every module of `pages/` and `api/` and gather what it exports."""
    modules = [*_modules("tyngdepunkt.web.pages"), *_modules("tyngdepunkt.web.api")]
    handlers = [handler for module in modules for handler in module.handlers]
    ways = [way for module in modules for way in getattr(module, "ways", ())]
    dependencies: dict[str, Any] = {}
    for module in modules:
        dependencies |= getattr(module, "dependencies", {})
    return Parts(tuple(handlers), tuple(sorted(ways, key=lambda way: (way.order, way.path))), dependencies)


def _modules(package: str) -> Iterator[ModuleType]:
    """The modules of a package that export handlers; helpers beside them are left alone."""
    for info in pkgutil.iter_modules(import_module(package).__path__):
        module = import_module(f"{package}.{info.name}")
        if hasattr(module, "handlers"):
            yield module
