"""Pack the third-party files of the pages into the wheel, fetched by the lock at build time.

A wheel is built without them too, with a notice, where node is missing or npm cannot fetch.
`TYNGDEPUNKT_NO_ASSETS=1` leaves the fetching out, for quick builds.
"""

from __future__ import annotations

import os
import runpy
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("src") / "tyngdepunkt" / "web" / "static" / "vendor"


class VendorAssets(BuildHookInterface):
    """Fetch what is missing, then tell the builder to pack it although git ignores it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds a wheel; an editable install is left as it is."""
        if version == "editable" or self.target_name != "wheel":
            return
        self._fetch()
        if (Path(self.root) / VENDOR).is_dir():
            build_data["artifacts"].append(f"{VENDOR.as_posix()}/**")
        self._pack()
        build_data["artifacts"] += [f"{VENDOR.parent.as_posix()}/**/*{ending}" for ending in (".br", ".gz")]

    def _pack(self) -> None:
        """Put the packed neighbours of the files beside them."""
        script = Path(self.root) / "scripts" / "pack_static.py"
        if script.is_file():
            runpy.run_path(str(script))["pack"]()

    def _fetch(self) -> None:
        """Fetch the files that the lock names, unless they are here already."""
        script = Path(self.root) / "scripts" / "vendor_assets.py"
        if os.environ.get("TYNGDEPUNKT_NO_ASSETS") or not script.is_file():
            self._warn("they were not asked for")
            return
        known = runpy.run_path(str(script))
        try:
            if not known["is_current"]():
                known["vendor"]()
        except (OSError, subprocess.CalledProcessError) as error:
            self._warn(str(error))

    def _warn(self, reason: str) -> None:
        there = (Path(self.root) / VENDOR).is_dir()
        so = "those that are here are packed" if there else "the pages work without, unstyled"
        self.app.display_warning(f"The third-party files of the pages were not fetched ({reason}): {so}.")
