"""Judging a notice against lxml parsing the same bytes alone: 24 rules and the national ones, CPU time.

    python bench/procurement.py [--data FOLDER] [--rounds 60]

The aims are 1.6 times what lxml needs to parse the hundred-lot example of the eForms SDK (1.7 MB) alone, and
2.5 times for all stored notices together, that one among them; whether they are reached is printed. Two
harder cases are measured without an aim. The hundred lots share their terms byte for byte, which is seen and
parsed once: the same lots with one word of each changed, and with every text and amount changed, are not
alike, and real notices lie between. In the small notices alone the 24 answers weigh more than the parse.
Read, 24 rules, national rules and the result as structs are counted; writing the JSON is shown beside it.
"""

from __future__ import annotations

import argparse
import gzip
import re
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from lxml import etree

from tyngdepunkt.analyses.contract import Brought, Setting
from tyngdepunkt.analyses.procurement import ANALYSIS
from tyngdepunkt.analyses.procurement.question import Question

FILL = {"${EFORMS_MINOR}": "1.13", "${ISSUEDATE}": "2026-09-15+02:00", "${ISSUETIME}": "10:00:00+02:00"}
ONE, ALL = 1.6, 2.5
_TEXT = re.compile(rb"<cbc:(?:Name|Description|Note|Reason) [^>]*>")
_AMOUNT = re.compile(rb"(<cbc:EstimatedOverallContractAmount [^>]*>)[^<]+")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data/anskaffelser")
    parser.add_argument("--rounds", type=int, default=60)
    given = parser.parse_args()
    if not given.data.is_dir():
        print("no notices here; give --data")
        return
    hundred = gzip.decompress((given.data / "eforms_eu_sdk_cn_24_maximal_100_lots.xml.gz").read_bytes())
    compare("hundred lots, 1.7 MB", [hundred], given.rounds, ONE)
    small = [filled(path) for path in sorted(given.data.glob("*.xml"))]
    compare(f"all {len(small) + 1} stored notices", [hundred, *small], given.rounds, ALL)
    compare(f"the {len(small)} small ones alone", small, given.rounds)
    compare("the hundred lots, each with terms of its own", [apart(hundred)], given.rounds)
    compare("the hundred lots, each text and amount its own", [varied(hundred)], given.rounds)


def apart(content: bytes) -> bytes:
    """The notice with a comment of its own in the terms of each lot, so that no two are the same bytes."""
    first, *rest = content.split(b"<cac:TenderingTerms>")
    numbered = (b"<cac:TenderingTerms><cbc:Note>%d</cbc:Note>" % at + each for at, each in enumerate(rest))
    return b"".join((first, *numbered))


def varied(content: bytes) -> bytes:
    """The notice with other words in each free text, and other figures in each amount, of every lot."""
    head, *lots = re.split(rb"(?=<cac:ProcurementProjectLot>)", content)
    found = [head]
    for at, lot in enumerate(lots, start=1):
        told = _TEXT.sub(rb"\g<0>Lot %d: " % at, lot)
        found.append(_AMOUNT.sub(rb"\g<1>%d" % (1_000_000 + 1_000 * at), told))
    return b"".join(found)


def compare(name: str, notices: list[bytes], rounds: int, bound: float | None = None) -> None:
    """Both in turn, the least of all rounds of each."""
    setting, question = Setting("nb", _no_places), Question()
    brought = [{"notice": Brought("notice.xml", each)} for each in notices]
    results = [ANALYSIS.answer(each, question, setting) for each in brought]
    parse, judge, write = [], [], []
    for _ in range(rounds):
        parse.append(timed(lambda: [etree.fromstring(each) for each in notices]))
        judge.append(timed(lambda: [ANALYSIS.answer(each, question, setting) for each in brought]))
        write.append(timed(lambda: [msgspec.json.encode(each) for each in results]))
    floor, ours = min(parse), min(judge)
    size, ratio = sum(map(len, notices)), ours / floor
    lots = sum(len(each.lots) for each in results)
    print(f"{name}: lxml alone {1e3 * floor:.2f} ms, judged in {1e3 * ours:.2f} ms:", end=" ")
    aim = "no aim" if bound is None else f"{bound} is {'reached' if ratio <= bound else 'NOT reached'}"
    print(f"{ratio:.2f} times ({aim})")
    print(f"  a second and core: {len(notices) / ours:,.0f} notices, {lots / ours:,.0f} lots,", end=" ")
    print(f"{size / ours / 1e6:.0f} MB; writing the JSON {1e3 * min(write):.2f} ms")


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def filled(path: Path) -> bytes:
    """A stored notice with its placeholders filled."""
    text = path.read_text(encoding="utf-8")
    for mark, value in FILL.items():
        text = text.replace(mark, value)
    return text.encode()


def _no_places() -> object:
    raise AssertionError("no figures are needed")


if __name__ == "__main__":
    main()
