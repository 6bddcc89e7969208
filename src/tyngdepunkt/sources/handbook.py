"""The page `docs/tables.md`, made from `tables.yaml` so that it can say nothing else (`make docs`)."""

from __future__ import annotations

from collections.abc import Iterator

from tyngdepunkt.sources.declared import Declared, own_tables

_HEAD = """\
# Tables that are fetched

Generated from `src/tyngdepunkt/sources/tables.yaml`; change that and run `make docs`.

`tyngdepunkt data refresh` fetches these, builds a snapshot beside the one in use, checks it and swaps it in.
Tables of the snapshot that none of them makes are carried over. Only tables whose query or variables stand
in a public text are declared; the text is named. Codes with `*` and `?` are wildcards, `from(2024)` is a code
and all after it, and `@municipality` stands for the municipalities of the snapshot in use.

A new snapshot is not used where a municipality is missing in the newest year, a known total does not hold, or
figures moved further than they may from those before: 20 % for a place and 5 % for all places together (10
persons or fewer are passed over). Of these the last two can be accepted, with a reason that is kept in the
snapshot: `--accept TABLE=reason`. A municipality whose every cell of a year is zero did not exist then, and
is missing.

A file of the same form may be given in the place of this one: `data refresh --tables FILE`.
"""
_WANTED = """\
## Wanted

Tables that would be of use, and what keeps each from being fetched.

| table | holds | lacks | text |
|---|---|---|---|"""


def page() -> str:
    """The whole page as Markdown."""
    tables = own_tables()
    parts = [_HEAD, *_overview(), *(_entry(each) for each in tables.tables.values()), _WANTED]
    parts += [f"| {each.id} | {each.title} | {each.lacks} | {each.text or '–'} |" for each in tables.wanted]
    return "\n".join(parts) + "\n"


def _overview() -> Iterator[str]:
    yield "| table | holds | makes | comes | licence |"
    yield "|---|---|---|---|---|"
    for each in own_tables().tables.values():
        makes = ", ".join(f"`{name}`" for name in each.makes)
        row = (f"[{each.id}](#{each.id})", each.title["en"], makes, each.cadence, each.licence)
        yield f"| {' | '.join(row)} |"
    yield ""


def _entry(each: Declared) -> str:
    selected = (f"`{name}` {_codes(each, name)}" for name in each.select)
    totals = [
        f"{total.table}, {total.column} {total.year}: {total.equals:.0f}"
        + (f" within {total.within:.1%}" if total.within else "")
        for total in each.expected
    ]
    lines = [
        f"## {each.id}",
        "",
        *(f"- **{lang}** {each.title[lang]}" for lang in ("nb", "nn", "en")),
        f"- **From** {each.provider.name['en']}, {each.provider.base}",
        f"- **Asks for** {'; '.join(selected)}",
        f"- **Becomes** `{each.feeds}.json`, and of it {', '.join(f'`{name}`' for name in each.makes)}",
        f"- **Unit** {each.unit}",
        *([f"- **Must give** {'; '.join(totals)}"] if totals else []),
        f"- **Text** {each.text}",
        "",
    ]
    return "\n".join(lines)


def _codes(each: Declared, name: str) -> str:
    codes = ", ".join(f"`{code}`" for code in each.select[name])
    return codes + (f" of `{each.codelists[name]}`" if name in each.codelists else "")
