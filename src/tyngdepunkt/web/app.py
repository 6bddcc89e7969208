"""The application: what the modules export, put together with templates, headers and errors."""

from __future__ import annotations

from typing import Any, get_type_hints

from litestar import Litestar
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router

from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places, open_places
from tyngdepunkt.web import caching, cors, errors, rendering, security, static_assets, sync_handlers
from tyngdepunkt.web.allowed_hosts import with_door
from tyngdepunkt.web.background_map import background
from tyngdepunkt.web.parts import collect
from tyngdepunkt.web.secret import installation_secret

LARGEST_UPLOAD = 2 * 1024 * 1024


def create_app(places: Places | None = None, secret: bytes | None = None) -> Litestar:
    """The whole web over one open snapshot.

    Args:
        places: the snapshot; the one that the settings name where it is left out.
        secret: what tokens in forms are signed with; that of the installation where it is left out.
    """
    background()  # an address that cannot be used is told before anything is opened
    opened = places or open_places()
    _warm(opened)
    parts = collect()

    def provide_places() -> Places:
        return opened

    given = {
        "page": Provide(rendering.provide_page, sync_to_thread=False),
        "places": Provide(provide_places, sync_to_thread=False),
        **parts.dependencies,
    }
    static = create_static_files_router(path="/static", directories=[static_assets.STATIC])
    app = Litestar(
        route_handlers=[*(sync_handlers.in_threads(handler) for handler in parts.handlers), static],
        dependencies=given,
        exception_handlers={
            UserError: errors.user_error,
            HTTPException: errors.http_error,
            Exception: errors.bug,
        },
        guards=[security.guard_forms],
        before_request=caching.answer_unchanged,
        before_send=[security.add_headers, caching.add_tag, cors.add_headers],
        request_max_body_size=LARGEST_UPLOAD,
        signature_namespace=_marked(given),
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    app.state.update({"places": opened, "ways": parts.ways, "secret": secret or installation_secret()})
    return with_door(app)


def _marked(given: dict[str, Provide]) -> dict[str, Any]:
    """What Litestar reads in a handler's signature for each type that is given by name.

    A handler writes `places: Places`; that it is a dependency is said here, once for all of them.
    """
    kinds = [get_type_hints(provider.dependency)["return"] for provider in given.values()]
    return {kind.__name__: NamedDependency[kind] for kind in kinds}  # type: ignore[misc, valid-type]


def _warm(places: Places) -> Any:
    """Make the lists and indexes that every page reads, so that the first visitor need not wait."""
    return places.municipalities, places.regions, places.resolve("0301")
