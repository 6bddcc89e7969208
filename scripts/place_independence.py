"""Make what the analysis of functions knows of occupations and the snapshot does not hold.

    python scripts/place_independence.py ../shared/data/yrker

Writes to `src/tyngdepunkt/analyses/`:

- `functions/holgersen.yaml`: one share for each occupation of STYRK-08, of Holgersen, Jia and Svenkerud
  (2021). The shares of the two other methods are in the snapshot already (table `telework`).
- `functions/catalogue.yaml`: the codes of seven digits that payrolls use, which build on STYRK-98, to
  STYRK-08.
- `remote_work/group_shares.yaml`: the share of each major group by each of the three methods, since wage
  earners by residence are published by major group only.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOM = Path(__file__).parents[1] / "src" / "tyngdepunkt" / "analyses"
HEAD_OF_SHARES = """\
# Made by scripts/place_independence.py; do not edit. Facts with reference to their source, no copy of a file.
source: >-
  H. Holgersen, Z. Jia and S. Svenkerud, Who and how many can work from home? Evidence from task descriptions,
  Journal for Labour Market Research 55 (2021); answers at github.com/radbrt/working_from_home, commit 29c0a42
licence: facts with reference to the source
method: >-
  Mean of the answers of five or more annotators to whether the work in ILO's description of the occupation
  (ISCO-08, four digits) can be done from home: yes 1, unknown 0.5, no 0
shares:
"""
HEAD_OF_GROUPS = """\
# Made by scripts/place_independence.py; do not edit. Method -> major group of STYRK-08 -> share of the wage
# earners whose occupation it says can be done from anywhere; facts with reference to their source.
source: >-
  Holgersen, Jia and Svenkerud (2021), Dingel and Neiman (2020) and Sostero et al. (2020) by occupation,
  weighted by Norwegian wage earners by occupation in 2019 (Statistics Norway, table 11418, CC BY 4.0)
licence: facts with reference to the source
shares:
"""
METHODS = {
    "dingel_neiman": "hjemmekontor_dn",
    "sostero": "teknisk_fjernarbeid_sostero",
    "holgersen": "hjemmekontor_crowd",
}
HEAD_OF_CODES = """\
# Made by scripts/place_independence.py; do not edit. Old group of four digits -> occupation of STYRK-08 ->
# the last three digits of the codes that belong to it; a dash stands between codes that are all in use.
source: Statistics Norway (SSB), Klass 7, catalogue of occupations (yrkeskatalogen)
licence: CC BY 4.0
codes:
"""


def main(given: str) -> None:
    """Write the files."""
    for name, text in made(Path(given)).items():
        (ROOM / name).write_text(text, encoding="utf-8")


def made(folder: Path) -> dict[str, str]:
    """Name of each file and its content, from the folder of stored tables of occupations."""
    with (folder / "fjernarbeid_styrk08.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with gzip.open(folder / "yrkeskatalog_styrk08.csv.gz", "rt", encoding="utf-8", newline="") as file:
        codes = _codes(csv.DictReader(file))
    return {
        "functions/holgersen.yaml": HEAD_OF_SHARES + _shares(rows),
        "functions/catalogue.yaml": HEAD_OF_CODES + codes,
        "remote_work/group_shares.yaml": HEAD_OF_GROUPS + _group_shares(rows),
    }


def _group_shares(rows: Iterable[dict[str, str]]) -> str:
    """Means over the occupations of a group with a value, by wage earners; the armed forces lack one."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        for method, column in METHODS.items():
            if row["i_styrk08"] == "1" and row[column] and row["lonnstakere_norge_2019"]:
                people = float(row["lonnstakere_norge_2019"])
                share = round(float(row[column]), 4) if method == "holgersen" else float(row[column])
                can, every = sums[method, row["isco08"][0]]
                sums[method, row["isco08"][0]] = [can + people * share, every + people]
    lines = []
    for method in METHODS:
        lines.append(f"  {method}:\n")
        shares = {group: can / every for (name, group), (can, every) in sums.items() if name == method}
        lines += [f'    "{group}": {share:.4f}\n' for group, share in sorted(shares.items())]
    return "".join(lines)


def _shares(rows: Iterable[dict[str, str]]) -> str:
    known = [row for row in rows if row["i_styrk08"] == "1" and row["hjemmekontor_crowd"]]
    return "".join(
        sorted(f'  "{row["isco08"]}": {round(float(row["hjemmekontor_crowd"]), 4):g}\n' for row in known)
    )


def _codes(rows: Iterable[dict[str, str]]) -> str:
    groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        code = row["yrkeskode7"]
        groups[code[:4]][row["styrk08"]].append(int(code[4:]))
    lines = []
    for old in sorted(groups):
        lines.append(f'  "{old}":\n')
        lines += [f'    "{new}": "{_ranges(sorted(ends))}"\n' for new, ends in sorted(groups[old].items())]
    return "".join(lines)


def _ranges(numbers: list[int]) -> str:
    """Whole numbers in a row as their ends: 101-104 106."""
    runs: list[list[int]] = []
    for each in numbers:
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return " ".join(f"{run[0]:03}" if len(run) == 1 else f"{run[0]:03}-{run[-1]:03}" for run in runs)


if __name__ == "__main__":
    main(sys.argv[1])
