"""Which Chromium of this machine the pages are looked at in."""

from __future__ import annotations

import os
import shutil

SHELL = "chromium-headless-shell"
"""The one that has no window, no menus and no tabs to draw: a third less work for the same pages."""

PACKAGES = f"{SHELL} chromium-common"
"""Debian's; the second has what WebGL is drawn with, which the maps need."""


def found() -> str | None:
    """Path of it; `CHROMIUM` names another, and a whole Chromium will do."""
    return os.environ.get("CHROMIUM") or next(
        (path for name in (SHELL, "chromium", "chromium-browser") if (path := shutil.which(name))), None
    )
