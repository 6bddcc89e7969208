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
        folder = Path(self.root) / VENDOR
        if not folder.is_dir():
            self._fetch()
        if folder.is_dir():
            build_data["artifacts"].append(f"{VENDOR.as_posix()}/**")

    def _fetch(self) -> None:
        script = Path(self.root) / "scripts" / "vendor_assets.py"
        if os.environ.get("TYNGDEPUNKT_NO_ASSETS") or not script.is_file():
            self.app.display_warning("Built without the third-party files of the pages; they work, unstyled.")
            return
        try:
            runpy.run_path(str(script))["vendor"]()
        except (OSError, subprocess.CalledProcessError) as error:
            self.app.display_warning(
                f"Built without the third-party files of the pages ({error}); they work, unstyled."
            )
