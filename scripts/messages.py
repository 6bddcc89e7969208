"""Say what the catalogues of the web lack, and what they hold that nobody says any more.

    python scripts/messages.py [--add FAMILY] [--prune]

With `--prune`, what nobody says any more is taken out of every catalogue. With `--add case`, what is missing
is written into `case.po` of nb and nn, empty, to be translated. Nothing else that is there is changed.
English has no catalogue: messages are written in it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "src" / "tyngdepunkt" / "web"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
Message = str | tuple[str, ...]


def main() -> int:
    """Exit code 0 where nothing is missing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--add", metavar="FAMILY", help="write what is missing into this family's catalogues")
    parser.add_argument("--prune", action="store_true", help="take out what is no longer said")
    asked = parser.parse_args()
    family = asked.add
    said, lacking = _said(), 0
    for folder in sorted((WEB / "locale").glob("*/LC_MESSAGES")):
        lang = folder.parent.name
        there = {
            message.id for file in sorted(folder.glob("*.po")) for message in _read(file, lang)
            if message.id and all([message.string] if isinstance(message.string, str) else message.string)
        }  # fmt: skip
        missing = [message for message in said if message not in there]
        lacking += len(missing)
        for message in missing:
            print(f"{lang}: missing: {message}")
        for message in sorted(there - set(said), key=str):
            print(f"{lang}: no longer said: {message}")
        if family and missing:
            _add(folder / f"{family}.po", lang, missing)
        if asked.prune:
            _prune(folder, lang, set(said))
    print(f"{len(said)} messages, {lacking} translations missing")
    return 1 if lacking else 0


def _said() -> list[Message]:
    """Every message of templates and Python, in the order it is met."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(WEB, method_map=methods, options_map=options, keywords=KEYWORDS)
    return list(dict.fromkeys(message for _, _, message, _, _ in found))


def _read(file: Path, lang: str) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=lang)


def _add(file: Path, lang: str, missing: list[Message]) -> None:
    catalogue = _read(file, lang) if file.exists() else Catalog(locale=lang)
    for message in missing:
        if message not in catalogue:
            own = "" if isinstance(message, str) else ("",) * len(message)
            catalogue.add(message, own)
    with file.open("wb") as opened:
        write_po(opened, catalogue, width=110, omit_header=not file.exists())


def _prune(folder: Path, lang: str, said: set[Message]) -> None:
    for file in folder.glob("*.po"):
        catalogue = _read(file, lang)
        gone = [message.id for message in catalogue if message.id and message.id not in said]
        for message in gone:
            catalogue.delete(message)
        if gone:
            with file.open("wb") as opened:
                write_po(opened, catalogue, width=110)


if __name__ == "__main__":
    sys.exit(main())
