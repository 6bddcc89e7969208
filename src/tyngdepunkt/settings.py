"""The only reader of the environment.

| variable | what it sets | default |
|---|---|---|
| `TYNGDEPUNKT_LANG` | language of messages: nb, nn or en | nb |
| `TYNGDEPUNKT_CACHE` | folder for what can be made again (the DuckDB file) | the system's cache folder |
| `TYNGDEPUNKT_DATA` | folder for what must be kept (ledger, built snapshots) | the system's data folder |
| `TYNGDEPUNKT_SNAPSHOT` | id of the snapshot to use, or `embedded` | the newest built, else the embedded |
| `TYNGDEPUNKT_DATABASE` | address of the transactional database | SQLite in the data folder |
| `TYNGDEPUNKT_CONTACT` | who people write to about barriers: an e-mail or web address | none |
| `TYNGDEPUNKT_HOSTS` | names the web may be asked under, with commas; `*` for any | localhost |
| `TYNGDEPUNKT_CORS_ORIGINS` | sites whose scripts may read the API, with commas | none |
| `TYNGDEPUNKT_BACKGROUND_MAP` | tiles of a background map: address with `{z}`, `{x}`, `{y}` | none |
| `TYNGDEPUNKT_BACKGROUND_MAP_BY` | whom the map must name for that background | the host of the address |
| `TYNGDEPUNKT_DOFFIN_KEY` | subscription key of Doffin, for `data doffin` | none |
| `TYNGDEPUNKT_DOFFIN_KEY_FILE` | a file that holds it | none |
| `TYNGDEPUNKT_NAV_TOKEN` | token of NAV's feed of vacancies, for `data vacancies` | none |
| `TYNGDEPUNKT_NAV_TOKEN_FILE` | a file that holds it | none |
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("nb", "nn", "en")


def language() -> str:
    """Language of messages; anything but nb, nn and en falls back to nb."""
    wanted = os.environ.get("TYNGDEPUNKT_LANG", "nb")
    return wanted if wanted in LANGUAGES else "nb"


def cache_folder() -> Path:
    """Folder for files that can be made again from the snapshot."""
    return _folder("TYNGDEPUNKT_CACHE", "user_cache_path")


def data_folder() -> Path:
    """Folder for what must be kept: built snapshots and the transactional database."""
    return _folder("TYNGDEPUNKT_DATA", "user_data_path")


def snapshot_choice() -> str:
    """Id of the snapshot to use, `embedded`, or empty for the newest one."""
    return os.environ.get("TYNGDEPUNKT_SNAPSHOT", "")


def database_url() -> str:
    """Address of the transactional database, as SQLAlchemy reads it."""
    default = f"sqlite:///{data_folder() / 'tyngdepunkt.sqlite'}"
    return os.environ.get("TYNGDEPUNKT_DATABASE", default)


def background_map() -> tuple[str, str]:
    """Address of tiles for the map's background and whom to name for it; empty where there is none."""
    named = os.environ.get("TYNGDEPUNKT_BACKGROUND_MAP_BY", "")
    return os.environ.get("TYNGDEPUNKT_BACKGROUND_MAP", "").strip(), named.strip()


def hosts() -> tuple[str, ...]:
    """Host names the web answers to, beside `localhost` and bare addresses; `*` is any."""
    return _listed("TYNGDEPUNKT_HOSTS")


def cors_origins() -> tuple[str, ...]:
    """Sites whose scripts may read the API, for instance `https://example.org`."""
    return tuple(origin.rstrip("/") for origin in _listed("TYNGDEPUNKT_CORS_ORIGINS"))


@dataclass(frozen=True, slots=True)
class Secret:
    """A key as it is set: its variable, what stands in it, and the file that is named in its place."""

    variable: str
    value: str = field(repr=False)
    file: str


def doffin_key() -> Secret:
    """Subscription key of Doffin."""
    file = os.environ.get("TYNGDEPUNKT_DOFFIN_KEY_FILE", "").strip()
    return Secret("TYNGDEPUNKT_DOFFIN_KEY", os.environ.get("TYNGDEPUNKT_DOFFIN_KEY", "").strip(), file)


def nav_token() -> Secret:
    """Token of NAV's feed of vacancies."""
    file = os.environ.get("TYNGDEPUNKT_NAV_TOKEN_FILE", "").strip()
    return Secret("TYNGDEPUNKT_NAV_TOKEN", os.environ.get("TYNGDEPUNKT_NAV_TOKEN", "").strip(), file)


def _listed(variable: str) -> tuple[str, ...]:
    parts = os.environ.get(variable, "").lower().split(",")
    return tuple(part.strip() for part in parts if part.strip())


def contact() -> str:
    """E-mail or web address of whoever runs the service, or empty."""
    return os.environ.get("TYNGDEPUNKT_CONTACT", "").strip()


def _folder(variable: str, default: str) -> Path:
    named = os.environ.get(variable)
    if named:
        return Path(named).expanduser()
    import platformdirs  # read only where no folder is named: it costs a directory look-up

    path: Path = getattr(platformdirs, default)("tyngdepunkt")
    return path
