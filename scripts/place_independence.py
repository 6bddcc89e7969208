"""Make the shares of Holgersen, Jia and Svenkerud (2021) that the analysis of functions goes by.

    python scripts/place_independence.py ../shared/data/yrker/fjernarbeid_styrk08.csv

Writes `src/tyngdepunkt/analyses/functions/holgersen.yaml`: one share for each occupation of STYRK-08. The
shares of the two other methods are in the snapshot already (table `telework`).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "tyngdepunkt" / "analyses" / "functions" / "holgersen.yaml"
HEAD = """\
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


def main(given: str) -> None:
    """Write the file."""
    OUT.write_text(made(Path(given)), encoding="utf-8")


def made(table: Path) -> str:
    """The file's content, from the stored table of occupations."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["i_styrk08"] == "1" and row["hjemmekontor_crowd"]]
    lines = [f'  "{row["isco08"]}": {round(float(row["hjemmekontor_crowd"]), 4):g}\n' for row in rows]
    return HEAD + "".join(sorted(lines))


if __name__ == "__main__":
    main(sys.argv[1])
