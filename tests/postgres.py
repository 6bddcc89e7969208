"""A PostgreSQL of our own for the tests, reached through a socket in a folder that goes with it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OTHERS = ("postgres", "nobody")  # whom it runs as where the tests run as root, which it refuses


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`; None where there is none."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((each for each in folders if (each / "postgres").exists()), None)


@contextmanager
def running() -> Iterator[str]:
    """The address of a server, without the name of a database: `{address}` has a place for it."""
    found = programs()
    assert found
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    try:
        if user:
            shutil.chown(folder, user)
        data, log = folder / "data", folder / "log"
        told = f"-c listen_addresses='' -c fsync=off -k {folder}"
        _run(found / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "-N", user=user)
        _run(found / "pg_ctl", "-D", data, "-w", "-l", log, "-o", told, "start", user=user)
        try:
            yield f"postgresql+psycopg://tests@/{{name}}?host={folder}"
        finally:
            _run(found / "pg_ctl", "-D", data, "-m", "immediate", "stop", user=user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return next(each for each in OTHERS if each in known)


def _run(*command: str | Path, user: str | None) -> None:
    subprocess.run(
        [str(each) for each in command],
        check=True,
        user=user,
        cwd="/",
        stdout=subprocess.DEVNULL,
        timeout=120,
    )
