"""Where to put p houses: instances from files, exact answers, and what lies around them.

`site(path, ask, faults)` reads, checks and solves; `as_json(site)` is what `tyngdepunkt site --json` prints,
and `write_files(site, folder)` what `--out` writes. The methods are in `tyngdepunkt.methods.siting`.
"""

from tyngdepunkt.analyses.siting.output import as_json, write_files
from tyngdepunkt.analyses.siting.question import Ask, ask_of
from tyngdepunkt.analyses.siting.run import Site, site

__all__ = ["Ask", "Site", "as_json", "ask_of", "site", "write_files"]
