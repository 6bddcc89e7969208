"""A package of Debian, installed where apt and the rights are there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable


def made_sure_of(package: str, works: Callable[[], bool]) -> str:
    """Nothing where it works, or could be installed and works then; otherwise what to do about it.

    `package` is one name, or several with blanks between.
    """
    if works():
        return ""
    apt = shutil.which("apt-get")
    if not apt:
        return f"{package} is missing; install it"
    rights: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return f"{package} is missing; as root: apt-get install {package}"
        rights = ["sudo", "-n"]
    print(f"Installing {package} with apt …", flush=True)
    said = _install([*rights, apt], package)
    return "" if works() else f"{package} could not be installed: {said[-400:]}"


def required(variable: str, package: str, works: Callable[[], bool], about: str) -> int:
    """1 where the environment says that some tests are required, and what they need cannot be had."""
    if os.environ.get(variable) != "required":
        return 0
    lacking = made_sure_of(package, works)
    if lacking:
        print(
            f"!! THE TESTS OF {about} CANNOT BE RUN, AND THEY MUST BE HERE: {lacking}",
            file=sys.stderr,
            flush=True,
        )
    return 1 if lacking else 0


def _install(apt: list[str], package: str) -> str:
    """Install it; what apt complained of. A list that could not be renewed is no harm where apt has one."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=120"]
    complaints: list[str] = []
    for what in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *package.split()]):
        outcome = subprocess.run(
            [*apt, *wait, *what],
            capture_output=True,
            text=True,
            check=False,
            env=quiet,
            stdin=subprocess.DEVNULL,
        )
        complaints += [outcome.stderr.strip()] if outcome.stderr.strip() else []
    return "\n".join(complaints) or f"apt-get installed no {package} that works"
