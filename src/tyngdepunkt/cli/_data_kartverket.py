"""`tyngdepunkt data kartverket`: municipalities, boundaries, place names, addresses."""

from __future__ import annotations

from typing import Literal

from tyngdepunkt import settings
from tyngdepunkt.cli._data_asked import DryRun, Most, print_run, show_run
from tyngdepunkt.cli._data_view import AsJson, Lang
from tyngdepunkt.cli._help import told
from tyngdepunkt.errors import Fault, UserError

_TAKES = {
    "municipalities": {},
    "boundaries": {},
    "place-names": {"search": "sok", "municipality": "knr"},
    "addresses": {"search": "sok", "municipality": "kommunenummer", "postal-code": "postnummer"},
}


@told("kartverket")
def kartverket(
    kind: Literal["municipalities", "boundaries", "place-names", "addresses"],
    *,
    search: str = "",
    municipality: str = "",
    postal_code: str = "",
    base: str = "",
    most: Most = 10_000,
    dry_run: DryRun = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Fetch municipalities, boundaries, place names or addresses from Kartverket.

    Args:
        kind: what is asked for.
        search: what a name or an address holds; * stands for anything.
        municipality: number of a municipality, four digits.
        postal_code: postal code of addresses, four digits.
        base: another address of the service.
        most: rows there may be at most.
        dry_run: ask and check, and write nothing.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.sources.http import Client
    from tyngdepunkt.sources.kartverket import ASK, BASES, CADENCE, LICENCE
    from tyngdepunkt.sources.kept import Question, run

    given = {"search": search, "municipality": municipality, "postal-code": postal_code}
    asked = _asked(kind, {name: value.strip() for name, value in given.items()})
    folder = settings.data_folder() / "sources" / "kartverket"
    question = Question(kind, asked, LICENCE, CADENCE)
    with Client(base or BASES[kind]) as client:
        came = run(folder, client, question, lambda found: ASK[kind](found, asked, most), dry_run=dry_run)
    if as_json:
        print_run(came, folder, dry_run=dry_run)
    else:
        show_run(came, folder, lang or settings.language(), dry_run=dry_run)


def _asked(kind: str, given: dict[str, str]) -> dict[str, str]:
    """Parameter → value; every option that does not fit is told at once."""
    takes = _TAKES[kind]
    faults = [
        Fault("sources:option_of_another", {"option": f"--{name}", "kind": kind})
        for name, value in given.items()
        if value and name not in takes
    ]
    faults += [
        Fault("sources:not_four_digits", {"given": value}, f"--{name}")
        for name, value in given.items()
        if value and name != "search" and not (len(value) == 4 and value.isascii() and value.isdecimal())
    ]
    asked = {takes[name]: value for name, value in given.items() if value and name in takes}
    if takes and (not asked or set(asked.get("sok", "-")) <= {"*", " "}):
        faults.append(Fault("sources:search_for_what", {"kind": kind}))
    if faults:
        raise UserError(*faults)
    return asked
