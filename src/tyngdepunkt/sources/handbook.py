"""The page `docs/tables.md`, made from `tables.yaml` so that it can say nothing else (`make docs`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources

from tyngdepunkt.sources.answers import declared
from tyngdepunkt.sources.declared import Declared, own_tables
from tyngdepunkt.texts import read_yaml

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
_ANSWERS = """\
## Tables made of answers of other sources

What `data klass`, `data kartverket`, `data vacancies` and `data register` have brought since is taken in by
`data refresh` too (`--only NAME` for one of them), built and checked as the others are, and kept track of in
the snapshot. Of a table without years the rows are held against those before, by their key: where more than
the share below is new, or is gone or changed, it stops until a person accepts it with a reason
(`--accept TABLE=reason`). Every municipality must be in an answer that is of all of them.

| answer | command | makes | read by | held against the one before | columns of the key | rows now |
|---|---|---|---|---|---|---|"""
_RAW = """\
### Answers that no table is made of

| answer | command | why |
|---|---|---|"""
_WANTED = """\
## Wanted

Tables that would be of use, and what keeps each from being fetched.

| table | holds | lacks | text |
|---|---|---|---|"""


def page() -> str:
    """The whole page as Markdown."""
    tables = own_tables()
    parts = [_HEAD, *_overview(), *(_entry(each) for each in tables.tables.values())]
    parts += [_ANSWERS, *_answers(), "", _RAW, *_raw(), "", _WANTED]
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


def _answers() -> Iterator[str]:
    """One row for each answer; the rows are those of the embedded snapshot."""
    described = read_yaml("tyngdepunkt.places", "tables.yaml")
    manifest = resources.files("tyngdepunkt.places").joinpath("embedded", "manifest.json")
    rows = {each["name"]: each["rows"] for each in json.loads(manifest.read_text(encoding="utf-8"))["tables"]}
    for name, each in declared().answers.items():
        held = each.held or f"{each.differ:.0%} of the rows"
        keys = "; ".join(", ".join(f"`{part}`" for part in described[table]["key"]) for table in each.makes)
        now = "; ".join(str(rows.get(table, "none before it is fetched")) for table in each.makes)
        makes = ", ".join(f"`{table}`" for table in each.makes)
        yield f"| `{name}` | `{each.command}` | {makes} | {each.read_by} | {held} | {keys} | {now} |"


def _raw() -> Iterator[str]:
    for each in declared().raw:
        yield f"| {each.answer} | `{each.command}` | {each.why} |"


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
