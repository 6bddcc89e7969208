"""A nightly file of Enhetsregisteret, from gzipped JSON to a table, against the floor and pandas in one run.

    python bench/registers.py [--entities 1100000] [--few 100000] [--rounds 1]

The file is made up here, in the register's form, with the fields that it mostly has (1.6 kB an entity). The
aim is at most 500 MB of peak memory. The floor decompresses and parses: the whole file with zlib, and each
entity with msgspec into the fields that are kept, a piece at a time, and keeps nothing. pandas gets a file of
`few` entities, since `pandas.read_json` holds all of it. Each contender has a process of its own, so that its
peak memory is its own. Its answer is counted: entities, and the sum of employees.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

MEMORY = 500
PIECE = 1 << 20
FORMS = ("AS", "ENK", "ENK", "FLI", "NUF", "ORGL", "DA")
INDUSTRIES = ("71.112", "68.209", "01.500", "43.320", "84.110", "86.901")
WORDS = (
    "drift",
    "kjøp",
    "salg",
    "av",
    "tjenester",
    "og",
    "eiendom",
    "innen",
    "bygg",
    "hva",
    "dermed",
    "står",
)
Counted = tuple[int, int]


def main() -> None:
    """Make the files, measure each contender in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=1_100_000)
    parser.add_argument("--few", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--contender", choices=CONTENDERS)
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    if given.contender:
        print(json.dumps(measured(CONTENDERS[given.contender], given.file, given.rounds)))
        return
    with tempfile.TemporaryDirectory() as folder:
        many, few = (Path(folder) / f"{count}.json.gz" for count in (given.entities, given.few))
        unpacked = made_up(many, given.entities)
        made_up(few, given.few)
        size = many.stat().st_size
        print(f"{given.entities:,} entities: {size / 1e6:,.0f} MB packed, {unpacked / 1e6:,.0f} MB unpacked")
        found = [run(name, many, given.rounds) for name in ("ours", "check", "floor")]
        report([each for each in found if each])
        print(f"\n{given.few:,} entities")
        small = [run(name, few, given.rounds) for name in CONTENDERS]
        report([each for each in small if each])
    if found[0]["mib"] * 1.048576 > MEMORY:
        sys.exit(f"more than {MEMORY} MB")


def made_up(file: Path, count: int) -> int:
    """Write the same entities each time; size unpacked in bytes."""
    numbers = random.Random(20240311)  # noqa: S311
    size = 0
    with gzip.open(file, "wb", compresslevel=3) as out:
        for at in range(count):
            size += out.write((b"," if at else b"[") + msgspec.json.encode(entity(at, numbers)))
        size += out.write(b"]")
    return size


def entity(at: int, numbers: random.Random) -> dict[str, Any]:
    """One entity; one of twelve tells how many employees it has."""
    number, form = str(800_000_000 + at), FORMS[at % len(FORMS)]
    place, here = f"{numbers.randrange(301, 5636):04d}", "https://data.brreg.no/enhetsregisteret/api"
    told = {"antallAnsatte": numbers.randrange(5, 300)} if at % 12 == 0 else {}
    return {
        "organisasjonsnummer": number,
        "navn": f"EKSEMPEL {number} {form}",
        "organisasjonsform": {
            "kode": form,
            "beskrivelse": f"Organisasjonsform {form}",
            "_links": {"self": {"href": f"{here}/organisasjonsformer/{form}"}},
        },
        "historiskeNavn": [{"navn": f"FØR {number}", "fraDato": "2001-05-01", "tilDato": "2010-01-01"}],
        "postadresse": address(place, numbers),
        "registreringsdatoEnhetsregisteret": f"20{at % 24:02d}-05-17",
        "registrertIMvaregisteret": at % 2 == 0,
        "naeringskode1": {"kode": INDUSTRIES[at % 6], "beskrivelse": "Næring som er funnet på"},
        **told,
        "harRegistrertAntallAnsatte": at % 12 == 0,
        "forretningsadresse": address(place, numbers),
        "stiftelsesdato": f"20{at % 24:02d}-04-01",
        "institusjonellSektorkode": {"kode": "2100", "beskrivelse": "Private aksjeselskaper mv."},
        "registrertIForetaksregisteret": True,
        "registrertIFrivillighetsregisteret": False,
        "sisteInnsendteAarsregnskap": "2024",
        "konkurs": False,
        "underAvvikling": False,
        "maalform": "Bokmål",
        "vedtektsfestetFormaal": [" ".join(numbers.choices(WORDS, k=30))],
        "aktivitet": [" ".join(numbers.choices(WORDS, k=20))],
        "_links": {"self": {"href": f"{here}/enheter/{number}"}},
    }


def address(place: str, numbers: random.Random) -> dict[str, Any]:
    """An address in no place there is."""
    street = [f"Eksempelgata {numbers.randrange(400)}"]
    where = {"postnummer": f"{numbers.randrange(10_000):04d}", "poststed": "EKSEMPELBY"}
    return {
        "land": "Norge", "landkode": "NO", **where,
        "adresse": street, "kommune": "EKSEMPEL", "kommunenummer": place,
    }  # fmt: skip


class Kept(msgspec.Struct):
    """What is kept of an entity."""

    organisasjonsnummer: str
    navn: str
    organisasjonsform: dict[str, Any]
    naeringskode1: dict[str, Any]
    forretningsadresse: dict[str, Any]
    institusjonellSektorkode: dict[str, Any]  # noqa: N815
    antallAnsatte: int | None = None  # noqa: N815
    harRegistrertAntallAnsatte: bool | None = None  # noqa: N815
    overordnetEnhet: str | None = None  # noqa: N815
    slettedato: str | None = None


def ours(file: Path) -> Counted:
    """Check the whole file, read it, and write the table."""
    import duckdb

    from tyngdepunkt.sources.entities import packed, read_entities

    out = file.with_suffix(".parquet")
    packed(file)
    read_entities(file, out)
    [row] = duckdb.execute("SELECT count(*), sum(employees) FROM read_parquet(?)", [str(out)]).fetchall()
    return int(row[0]), int(row[1])


def check(file: Path) -> Counted:
    """The first step of ours alone: decompress, and hold the file against its checksum."""
    from tyngdepunkt.sources.entities import packed

    packed(file)
    return 0, 0


def floor(file: Path) -> Counted:
    """Decompress and parse, and keep nothing."""
    decoder = msgspec.json.Decoder(list[Kept])
    count = employees = 0
    for body in pieces(file):
        held = decoder.decode(body)
        count += len(held)
        employees += sum(each.antallAnsatte or 0 for each in held)
    return count, employees


def pieces(file: Path) -> Iterator[bytes]:
    """Whole entities as arrays of some megabytes, cut where an entity of this file begins."""
    begin = re.compile(rb',(?=\{"organisasjonsnummer":)')
    unzip, rest = zlib.decompressobj(16 + zlib.MAX_WBITS), b""
    with file.open("rb") as opened:
        while wire := opened.read(PIECE):
            rest += unzip.decompress(wire)
            ends = [found.start() for found in begin.finditer(rest, max(0, len(rest) - 100_000))]
            if ends:
                yield b"[" + rest[: ends[-1]].lstrip(b"[") + b"]"
                rest = rest[ends[-1] + 1 :]
    yield b"[" + rest.lstrip(b"[")


def pandas(file: Path) -> Counted:
    """`pandas.read_json`, which holds the whole file."""
    import pandas as package

    frame = package.read_json(file, compression="gzip", dtype={"organisasjonsnummer": str})
    return len(frame), int(frame["antallAnsatte"].sum())


CONTENDERS: dict[str, Callable[[Path], Counted]] = {
    "ours": ours, "check": check, "floor": floor, "pandas": pandas,
}  # fmt: skip


def measured(contender: Callable[[Path], Counted], file: Path, rounds: int) -> dict[str, Any]:
    """Fastest of the rounds, and the peak of them all."""
    seconds, counted = [], (0, 0)
    for _ in range(rounds):
        start = time.perf_counter()
        counted = contender(file)
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": min(seconds), "mib": peak, "counted": counted}


def run(name: str, file: Path, rounds: int) -> dict[str, Any]:
    """One contender in a process of its own; empty where pandas is not installed."""
    told = [sys.executable, __file__, "--contender", name, "--file", str(file), "--rounds", str(rounds)]
    done = subprocess.run(told, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode and name == "pandas" and "No module named" in done.stderr:
        print("pandas is not installed: not compared")
        return {}
    if done.returncode:
        sys.exit(done.stderr)
    count = int(file.name.partition(".")[0])
    return {"name": name, "count": count, **json.loads(done.stdout)}


def report(found: list[dict[str, Any]]) -> None:
    """One line for each; those that count must agree."""
    answers = {tuple(each["counted"]) for each in found if each["name"] != "check"}
    if len(answers) != 1:
        sys.exit(f"the answers differ: {found}")
    for each in found:
        speed = each["count"] / each["seconds"]
        print(f"{each['name']:>8} {each['seconds']:8.2f} s {speed:12,.0f} rows/s {each['mib']:8.0f} MiB")


if __name__ == "__main__":
    main()
