"""Inputs nobody should send, from a seed: sound ones with something wrong in them, and what reads them.

A fault is any exception that is not a `UserError`, or work of more than `SECONDS` of processor time. The same
seed and number give the same input, so that one can be looked at again.
"""

from __future__ import annotations

import io
import json
import random
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from mutated_notices import mutated, sound
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from workbooks import HEAD, MAIN, RELATIONS, row

SECONDS = 5.0
EXAMPLES = Path(__file__).parents[1] / "examples" / "location"
DRAFTS = EXAMPLES.parent / "procurement"
NOTICES = Path(__file__).parents[2] / "shared" / "data" / "anskaffelser"
MEMORY, PER_BYTE, MOST = 20_000_000, 20, 452_000_000
"""What one notice may take above the program, itself under 60 MB: together 80 MB + 20 × file."""
Random = random.Random

NUMBERS = (
    "12", "0", "-3", "−4", "1.200", "1,200", "1 200", "1\u00a0200", "1\u202f200", "1.200.000", "1,23E+07",
    "12,5", "10–15", "10 til 15", "[10, 15]", "ca 25", "30 %", "ukjent", "..", ":", "", "nan", "inf", "-inf",
    "1e999", "9" * 30, "9" * 400, "0x1F", "1_000", "٣", "²", "½", "१२", "--5", "1-2-3", "15-10",
    "10–15 000", "%", "+", "[", "]", "[,]", "mellom 1 og", "fra", "NaN%", "1.2.3,4,5",
    "1" + "0" * 350 + ",5", "🤷", "\ud800",
)  # fmt: skip
DATES = (
    "2023-06-01", "1.6.2023", "1/6-2023", "01/06/2023", "1. juni 2023", "juni 2023", "2023", "1.6.23",
    "45078", "2005–2009", "2009–2005", "31.2.2023", "0000-00-00", "9999-12-31", "99999", "1.1.1 til 2.2.2",
    "-", "/", "2023-W05-3", "2023-06-01T25:61", "i går", "june 31, 2023", "13/13/2013", "29.2.2023", "1e5",
    "١.٢.٢٠٢٣",
)  # fmt: skip
PLACES = (
    "Hamar", "0301", "301", "Oslo kommune", "Bø", "Våler", "Oppland", "Svalbard", "K-0301", "Hamar – Hámmár",
    "Kautokeino", "Mo", "9999", "Drammen (2020-2023)", "Røros", "roros", "", "()", ")(", "i", " i ", "-",
    "A" * 500, "Os (", "Herøy (Nordland)", "12345", "Hamar, Innlandet", "..", "\u0301", "ﬀ", "İstanbul", "ß",
    "5501 Tromsø",
)  # fmt: skip
STRANGE = (
    "\x00", "\ufeff", "\u200b", "\u202e", "\ud83d", "\U0001f600", "\x85", "\u2028", "\x1a", "\r", "\n", "\t",
    '"', "'", ";", ",", "|", "=cmd()", "&", "<b>", "{", "}", "[", "]", "#", "*", "&a", "!!python/object",
    "- ", ": ", "%", "\\",
)  # fmt: skip
KINDS_OF_EVENT = ("closed", "etablert", "flyttet inn", "moved_out", "new", "vanished", "")


def number(chance: Random) -> str:
    """A number, or nearly."""
    return _bent(chance.choice(NUMBERS), chance)


def date(chance: Random) -> str:
    """A date, or nearly."""
    return _bent(chance.choice(DATES), chance)


def place(chance: Random) -> str:
    """A place, or nearly."""
    return _bent(chance.choice(PLACES), chance)


def _bent(text: str, chance: Random) -> str:
    """The text, three times in four as it is; else with signs put in, left out or turned."""
    if chance.random() < 0.75:
        return text
    signs = list(text)
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(signs))
        what = chance.randrange(4)
        if what == 0:
            signs.insert(at, chance.choice(STRANGE))
        elif what == 1:
            signs[at : at + 1] = []
        elif what == 2:
            signs[at:at] = chance.choice((NUMBERS, DATES, PLACES))[chance.randrange(20)]
        else:
            signs = signs[at:] + signs[:at]
    return "".join(signs)


def event(chance: Random, sound: float = 0.5) -> list[Any]:
    """The cells of one event, sound ones as often as is said."""
    if chance.random() < sound:
        day = f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(1990, 2026)}"
        where, count = chance.choice(("Hamar", "0301", "Tynset", "1804")), str(chance.randint(1, 400))
        return [chance.choice(KINDS_OF_EVENT[:5]), "Etat A", where, count, day, "brev"]
    cells = [
        chance.choice(KINDS_OF_EVENT),
        chance.choice(("A", "A;B", "", "Ø")),
        place(chance),
        number(chance),
    ]
    return [*cells, date(chance), chance.choice(("brev", "", "http://x"))]


def _table(chance: Random, head: list[str], rows: list[list[Any]]) -> bytes:
    """Rows as CSV of one kind or another, sometimes with damage."""
    mark = chance.choice(";,\t|;;,,")
    end = chance.choice(("\n", "\r\n", "\r", "\n\r", "\n\n"))
    lines = [mark.join(_quoted(str(cell), mark, chance) for cell in cells) for cells in (head, *rows)]
    if chance.random() < 0.2:
        lines[:0] = chance.choice((["sep=" + mark], ["Tittel", ""], ["", "", "x"], ['"']))
    if chance.random() < 0.2:
        lines += chance.choice((["Totalt" + mark * 3], ["", "Kilde: x"], ['"'], [mark * 400], ["x" * 5000]))
    encoding = chance.choice(
        ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
    )
    content = end.join(lines).encode(encoding, chance.choice(("replace", "surrogatepass", "ignore")) if
                                     encoding.startswith("utf") else "replace")  # fmt: skip
    return _damaged(content, chance) if chance.random() < 0.3 else content


def _quoted(cell: str, mark: str, chance: Random) -> str:
    wanted = mark in cell or '"' in cell or "\n" in cell
    if wanted != (chance.random() < 0.05):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _damaged(content: bytes, chance: Random) -> bytes:
    """Bytes changed, cut off, doubled or put in."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(changed))
        what = chance.randrange(5)
        if what == 0 and changed:
            changed[min(at, len(changed) - 1)] = chance.randrange(256)
        elif what == 1:
            del changed[at : at + chance.randint(1, 30)]
        elif what == 2:
            changed[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 6)))
        elif what == 3:
            changed[at:at] = changed[at : at + chance.randint(1, 60)] * chance.randint(1, 5)
        else:
            del changed[at:]
    return bytes(changed)


def ledger_csv(chance: Random) -> bytes:
    """A ledger file."""
    sound = chance.choice((0.5, 0.95))
    heads = (
        HEAD,
        ["Hendelse", "Etat", "Sted", "Antall ansatte", "År", "Lenke"],
        HEAD[:4],
        [*HEAD, "date"],
        [""] * 6,
    )
    head = list(chance.choice((HEAD, HEAD, *heads)))
    return _table(chance, head, [event(chance, sound) for _ in range(chance.randint(0, 6))])


def ledger_xlsx(chance: Random) -> bytes:
    """A ledger file as a workbook, with parts that no program would write; a third of them are sound."""
    wild = chance.random() < 0.66
    at = 1
    body = row(1, HEAD)
    for _ in range(chance.randint(1, 5)):
        at += chance.choice((1, 1, 1, 2, 0, -1, 10**6, 10**9)) if wild else 1
        cells = [_celled(each, chance) if wild else each for each in event(chance, 0.5 if wild else 1)]
        body += row(at, cells, chance.choice(("", "", 'hidden="1"', 'r="x"')) if wild else "")
    odd = ("<row/>" * 50, '<row r="2"/>', '<row><c t="s"><v>7</v></c></row>', "<c/>", "<row>")
    body += chance.choice(("", *odd)) if wild else ""
    merged = '<mergeCells><mergeCell ref="B2:B9"/><mergeCell ref="D1:D999999"/></mergeCells>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{merged if wild else ""}</worksheet>'
    content = _packed(sheet.encode(), chance, wild)
    return _damaged(content, chance) if wild and chance.random() < 0.3 else content


def _celled(cell: Any, chance: Random) -> Any:
    """A cell as XML can hold it, now and then a number."""
    if chance.random() < 0.2:
        return chance.choice((3, 2.5, 45078, 1e300, None))
    return _xml(cell) if isinstance(cell, str) else cell


def _packed(sheet: bytes, chance: Random, wild: bool) -> bytes:
    """The parts of a workbook around a sheet."""
    state = chance.choice(("", 'state="hidden"')) if wild else ""
    target = chance.choice(
        ("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", *(["../../x"] if wild else []))
    )
    dates = chance.choice(("", '<workbookPr date1904="1"/>'))
    sheets = f'{dates}<sheets><sheet name="A" sheetId="1" {state} r:id="r1"/></sheets>'
    parts: dict[str, Any] = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<R><Relationship Id="r1" Target="{target}"/></R>',
        "xl/worksheets/sheet1.xml": _damaged(sheet, chance) if wild and chance.random() < 0.3 else sheet,
    }
    if wild:
        styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
        parts["xl/styles.xml"] = chance.choice((styles, styles, "<"))
        parts["xl/sharedStrings.xml"] = chance.choice(("<sst><si><t>a</t></si></sst>", "<sst>", "x"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, written in parts.items():
            archive.writestr(name, written)
    return stream.getvalue()


def _xml(text: str) -> str:
    """Signs that XML can hold."""
    return "".join(
        sign for sign in text if sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff")
    )


def regions_csv(chance: Random) -> bytes:
    """A file of flows: rows of pairs, or a square."""
    names = chance.sample(
        ("0301", "3403", "3411", "1103", "9999", "2111", "Hamar", "301", "Å", "Totalt", ""), 4
    )
    size = [_bent(name, chance) if chance.random() < 0.05 else name for name in names]
    if chance.random() < 0.25:
        head = [chance.choice(("", "bosted", "bosted \\ arbeidssted", "to")), *size]
        return _table(chance, head, [[name, *(_persons(chance) for _ in size)] for name in size])
    heads = (["from", "to", "persons"], ["Bosted", "Arbeidssted", "Antall"], ["from", "to"], ["a", "b", "c"],
             ["from", "to", "persons", "year"])  # fmt: skip
    head = list(chance.choice((heads[0], heads[0], heads[1], *heads)))
    rows = [[a, b, _persons(chance), chance.choice((2020, 2021))][: len(head)] for a in size for b in size
            if chance.random() < 0.99]  # fmt: skip
    return _table(chance, head, rows)


def _persons(chance: Random) -> str:
    return str(chance.choice((0, 0, 1, 7, 90, 1200, 10**9))) if chance.random() < 0.99 else number(chance)


def rank_table(chance: Random) -> bytes:
    """A table to rank, as YAML or JSON."""
    ids = chance.sample(("a", "b", "c", "d", "1", "ø"), chance.randint(1, 4))
    criteria = [{"id": each, "direction": chance.choice(("max", "min"))} | _value(chance) for each in ids]
    rows = {f"A{i}": {each: _figure(chance) for each in ids} for i in range(chance.randint(1, 5))}
    numbers = {each: chance.choice((0, 1, 20, 36.5)) for each in ids}
    ranges = {each: chance.choice(([0, 1], [0.1, 0.9], [0.4, 0.2])) for each in ids}
    weights: Any = chance.choice(
        ("none", None, numbers, numbers, ranges, ids, {}, {ids[0]: _figure(chance)}, "x")
    )
    data: Any = {"criteria": criteria, "alternatives": rows, "weights": weights}
    return _text_of(_shaken(data, chance) if chance.random() < 0.5 else data, chance)


def _value(chance: Random) -> dict[str, Any]:
    drawn = ({"points": [[0, 0], [1, 1]]}, {"points": [[1, 0], [0, 1]]}, {"step": [[3, 1]]}, [])
    kind = chance.choice((None, None, "minmax", "identity", *drawn))
    return {} if kind is None else {"value": kind}


def _figure(chance: Random) -> Any:
    return (
        chance.choice((0, 1, 2.5, -3, 1e9, 1e308, 1e-308, 0.1)) if chance.random() < 0.99 else number(chance)
    )


def _shaken(data: Any, chance: Random, depth: int = 0) -> Any:
    """The data, here and there with something of another kind in it."""
    if chance.random() < 0.02 and depth:
        return chance.choice(
            (None, True, [], {}, "x", -1, 1e308, [[]], {"": None}, "2020-01-01", number(chance))
        )
    if isinstance(data, dict):
        kept = {key: _shaken(each, chance, depth + 1) for key, each in data.items() if chance.random() > 0.01}
        return kept | ({chance.choice(("", "x", "0", "title")): 1} if chance.random() < 0.02 else {})
    if isinstance(data, list):
        return [_shaken(each, chance, depth + 1) for each in data]
    return data


def _text_of(data: Any, chance: Random) -> bytes:
    import yaml

    if chance.random() < 0.5:
        content = json.dumps(data, ensure_ascii=chance.random() < 0.5, default=str)
    else:
        content = yaml.safe_dump(data, allow_unicode=True)
    encoded = content.encode("utf-8", "surrogatepass")
    return _damaged(encoded, chance) if chance.random() < 0.3 else encoded


def case_file(chance: Random) -> bytes:
    """A case: one of the examples with something else in it."""
    if not _CASES:
        _CASES.extend(_examples())
    data = json.loads(json.dumps(chance.choice(_CASES), default=str))
    for _ in range(chance.randint(0, 3)):
        name = chance.choice(sorted(data))
        data[name] = chance.choice(
            (_shaken(data[name], chance), number(chance), place(chance), date(chance), None, [])
        )
    if chance.random() < 0.4:
        data["alternatives"] = [place(chance) for _ in range(chance.randint(0, 4))]
    if chance.random() < 0.3:
        data["ledger"] = [dict(zip(HEAD, event(chance), strict=True)) for _ in range(chance.randint(1, 3))]
    if chance.random() < 0.3:
        data["must_have"] = [{"indicator": chance.choice(("one_off_cost", "x")), "max": _figure(chance)}]
    return _text_of(_shaken(data, chance), chance)


def tender_draft(chance: Random) -> bytes:
    """The draft of a tender: one of the examples with something else in it."""
    data = json.loads(chance.choice(_drafts()))
    told = data["procurement"]
    for part in (told, chance.choice(told["lots"])):
        for name in chance.sample(sorted(part), chance.randint(0, 3)):
            part[name] = chance.choice(
                (_shaken(part[name], chance), number(chance), date(chance), _figure(chance), None, [], {})
            )
    return _text_of(_shaken(data, chance) if chance.random() < 0.5 else data, chance)


@cache
def _drafts() -> tuple[str, ...]:
    from tyngdepunkt.inputs.reading import read_mapping

    files = sorted(DRAFTS.glob("*.yaml"))
    return tuple(json.dumps(read_mapping(file).data, default=str) for file in files)


_CASES: list[dict[str, Any]] = []


def _examples() -> Iterator[dict[str, Any]]:
    from tyngdepunkt.inputs.reading import read_mapping

    for file in sorted(EXAMPLES.glob("*.yaml")):
        yield read_mapping(file).data


# What reads them


@dataclass(frozen=True)
class Reader:
    """How an input of a kind is made and read.

    Args:
        make: an input from chance.
        read: reads it; what a person can cause is a `UserError`.
        ready: makes ready what reads them, before the first.
    """

    make: Callable[[Random], Any]
    read: Callable[[Any], Any]
    ready: Callable[[], Any] = lambda: None


def readers(places: Places, folder: Path) -> dict[str, Reader]:
    """Every kind of input.

    Args:
        places: an open snapshot.
        folder: where files may be written.
    """

    def numbers_of(text: str) -> None:
        from tyngdepunkt.inputs import dates, numbers

        for read in (numbers.span, numbers.number, numbers.share, dates.period, dates.date):
            _tried(read, text)
        _tried(lambda: numbers.share_span(text, in_percent=True, signed=True))
        pair = _tried(numbers.span, text)
        if pair is not None:
            assert numbers.span(numbers.written(list(pair))) == pair, (text, pair)

    forms = _Forms(places)
    return {
        "ledger csv": Reader(ledger_csv, lambda content: _ledger(content, "f.csv", places)),
        "ledger xlsx": Reader(ledger_xlsx, lambda content: _ledger(content, "f.xlsx", places)),
        "regions csv": Reader(regions_csv, lambda content: _regions(content, places)),
        "rank table": Reader(rank_table, _rank),
        "case file": Reader(case_file, lambda content: _case(content, places)),
        "form fields": Reader(_form_fields, forms.read, forms.opened),
        "place names": Reader(place, places.resolve),
        "numbers": Reader(lambda chance: chance.choice((number, date))(chance), numbers_of),
        "tender draft": Reader(tender_draft, judged),
        "notice": Reader(lambda chance: mutated(chance, stored_notices()), guarded, lambda: judged(sound())),
    }


@cache
def stored_notices() -> tuple[bytes, ...]:
    """Real notices to spoil, where they lie beside the repository; without them only our own are spoilt."""
    return tuple(path.read_bytes() for path in sorted(NOTICES.glob("*.xml")))


def guarded(content: bytes) -> None:
    """Judge a notice; a connection or too much memory is a fault of ours."""

    def refuse(*_: Any) -> None:
        raise RuntimeError("a notice asked for the network")

    before = _memory("VmRSS")
    with mock.patch("socket.socket.connect", refuse):
        try:
            judged(content)
        finally:
            rise = _memory("VmHWM") - before
            if rise > min(MEMORY + PER_BYTE * len(content), MOST):
                raise RuntimeError(f"{rise / 1e6:.0f} MB for {len(content) / 1e6:.1f} MB")


def _memory(name: str) -> int:
    """Bytes of this process from Linux's books, its peak begun anew; 0 where there are none."""
    books = Path("/proc/self/status")
    if not books.exists():
        return 0
    if name == "VmRSS":
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    [line] = [line for line in books.read_text(encoding="ascii").splitlines() if line.startswith(name)]
    return int(line.split()[1]) * 1024


def judged(content: bytes) -> None:
    """Judge a notice to the end, without figures."""
    import msgspec

    from tyngdepunkt.analyses.contract import Brought, Setting
    from tyngdepunkt.analyses.procurement import ANALYSIS
    from tyngdepunkt.analyses.procurement.question import Question

    def no_places() -> Places:
        raise AssertionError("no figures are needed")

    result = ANALYSIS.answer({"notice": Brought("notice", content)}, Question(), Setting("nb", no_places))
    assert sum(result.counts.values()) == len(result.findings) >= 24
    msgspec.json.encode(result)


def _tried(read: Callable[..., Any], *values: Any) -> Any:
    try:
        return read(*values)
    except UserError as error:
        _said(error)
        return None


def _said(error: UserError) -> None:
    """A fault that cannot be told is a fault of ours."""
    from tyngdepunkt.texts import explain_error

    explain_error(error, "nb")


def _ledger(content: bytes, name: str, places: Places) -> None:
    from tyngdepunkt.analyses.state_jobs.import_file import file_in
    from tyngdepunkt.inputs.told import told

    for notice in file_in(content, Path(name), places).notices:
        told(notice, "nb")


def _regions(content: bytes, places: Places) -> None:
    from tyngdepunkt.analyses.contract import Brought, Setting, as_builtins
    from tyngdepunkt.analyses.labour_market_regions import ANALYSIS
    from tyngdepunkt.analyses.labour_market_regions.question import Question

    brought = {"flows": Brought("flows.csv", content)}
    asked = [Question(method="euro", min_size=10, target_size=100), Question(method="flow")]
    for question in (*asked, Question(method="euro" if len(content) % 10 else "ba", year=2024)):
        as_builtins(ANALYSIS.answer(brought, question, Setting("nb", lambda: places)))


def _rank(content: bytes) -> None:
    import msgspec

    from tyngdepunkt.analyses.contract import Made
    from tyngdepunkt.analyses.ranking.resolve import table_of
    from tyngdepunkt.analyses.ranking.result import result_of
    from tyngdepunkt.analyses.ranking.run import rank_table
    from tyngdepunkt.inputs.reading import decode, parse_mapping

    path = Path("table.yaml")
    ranking = rank_table(table_of(parse_mapping(decode(content, path), path)), 100)
    msgspec.json.encode(result_of(ranking, Made("ranking", "1", None, None, ""), "nb"))


def _case(content: bytes, places: Places) -> None:
    from tyngdepunkt.analyses.location.input.read import case_from_text
    from tyngdepunkt.inputs.reading import decode

    case_from_text(decode(content, Path("case.yaml")), places)


FIELDS = {
    "unit": ("title", "date", "trigger", "name", "purpose", "kind", "text"),
    "jobs": ("occupation", "count", "q", "jobs"),
    "must-haves": ("indicator", "min", "max", "remove", "add"),
    "alternatives": ("alternative", "add", "remove", "place"),
    "ledger": ("at", "kind", "agency", "place", "jobs", "date", "source", "remove", "rows", "window_years"),
    "figures": ("figure", "value", "place"),
    "considerations": ("weights", "order", "points", "score"),
    "judgements": ("score", "reason", "place"),
    "rules": ("answer", "text"),
    "versions": ("version", "reason"),
}


def _form_fields(chance: Random) -> tuple[str, list[tuple[str, str]]]:
    """A step and what was sent to it: its own names, and values of every kind."""
    step = chance.choice(sorted(FIELDS))
    names = [*FIELDS[step], "again", "leave", "version", "next", "over", "clashes", "mine-1"]
    fields = []
    for _ in range(chance.randint(0, 12)):
        name = chance.choice(names) + chance.choice(("", "", "-0", "-1", "[0]", ".from"))
        strange = ("[]", "{}", '[{"kind": 1}]', "[1e999]", "true", "yes", "0", "1", "[[[[[[", "closed")
        plain = chance.random() < 0.8
        fields.append(
            (name, chance.choice((number, date, place))(chance) if plain else chance.choice(strange))
        )
    return step, fields


class _Forms:
    """Steps of a case, asked as the pages ask them: what was sent is read, and shown again."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._client: Any = None
        self._base = ""

    def opened(self) -> Any:
        """A client of the application, with a case."""
        if self._client is None:
            import re

            from litestar.testing import TestClient

            from tyngdepunkt.web.app import create_app

            self._client = TestClient(create_app(self._places), base_url="http://127.0.0.1:8000")
            self._client.__enter__()
            self._token = re.search(r'csrf_token" value="([^"]+)', self._client.get("/case").text)[1]  # type: ignore[index]
            made = self._client.post("/case", data={"csrf_token": self._token}, follow_redirects=False)
            self._base = made.headers["location"].partition("?")[0].rpartition("/")[0]
        return self._client

    def read(self, sent: tuple[str, list[tuple[str, str]]]) -> None:
        """Send it; an answer of 500 is a fault of ours."""
        from urllib.parse import urlencode

        step, fields = sent
        client = self.opened()
        body = urlencode([("csrf_token", self._token), *fields], errors="replace")
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = client.post(f"{self._base}/{step}", content=body, headers=headers, follow_redirects=False)
        if answer.status_code >= 500:
            raise RuntimeError(f"{answer.status_code} for {step}")


@dataclass(frozen=True)
class Found:
    """What was found of one kind: inputs tried, those read whole, and a line for each fault."""

    tried: int
    read: int
    faults: tuple[str, ...]


def fuzz(reader: Reader, seed: int, count: int, begin: int = 0) -> Found:
    """Try many inputs of a kind."""
    faults, read = [], 0
    reader.ready()
    for at in range(begin, begin + count):
        given = reader.make(Random(f"{seed}:{at}"))
        began = time.process_time()
        try:
            reader.read(given)
            read += 1
        except UserError as error:
            _said(error)
        except Exception as error:
            lines = traceback.extract_tb(error.__traceback__)[-3:]
            trace = " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(lines))
            faults.append(f"seed {seed}, input {at}: {type(error).__name__}: {str(error)[:100]} ({trace})")
        took = time.process_time() - began
        if took > SECONDS:
            faults.append(f"seed {seed}, input {at}: {took:.1f} s")
    return Found(count, read, tuple(faults))
