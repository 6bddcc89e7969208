"""Sentences in three languages, and numbers the Norwegian way."""

import datetime as dt
import pickle
import string

import pytest

from tyngdepunkt import texts
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.settings import LANGUAGES


def _leaves(entry, path=()):
    if set(entry) & set(LANGUAGES):
        yield path, entry
        return
    for key, value in entry.items():
        yield from _leaves(value, (*path, key))


ALL = [
    (room, path, entry) for room in texts.rooms_with_texts() for path, entry in _leaves(texts.texts_of(room))
]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_is_there_in_three_languages_with_the_same_values():
    lacking = [
        f"{room}:{'.'.join(path)}"
        for room, path, entry in ALL
        if set(entry) != set(LANGUAGES) or len({frozenset(_fields(text)) for text in entry.values()}) != 1
    ]
    assert lacking == []
    assert len(ALL) > 3000


def test_there_are_rooms_with_texts():
    assert {"analyses.location", "cli", "rules", "places"} <= set(texts.rooms_with_texts())


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234567.84, 1, "1 234 567,8"),
        (-3, 0, "−3"),
        (0.0, 2, "0,00"),
        (-0.001, 1, "0,0"),
        (999.5, 0, "1 000"),
    ],
)
def test_numbers_have_comma_and_no_break_space(value, decimals, expected):
    assert texts.number(value, decimals) == expected.replace(" ", texts.NBSP)


def test_dates_are_in_words():
    day = dt.date(2023, 6, 1)
    assert texts.date(day, "nn").replace(texts.NBSP, " ") == "1. juni 2023"
    assert texts.date(day, "en").replace(texts.NBSP, " ") == "1 June 2023"


def test_lists_end_with_and():
    assert texts.listed(["a", "b", "c"], "nb") == "a, b og c"
    assert texts.listed(["a"], "en") == "a"


def test_all_faults_of_an_error_are_shown_at_once_with_remedies():
    faults = Faults()
    faults.add("cli:unknown_format", where="--format", given="odt", known=("docx", "pdf"))
    faults.add("cli:unknown_format", given="rtf", known=("docx", "pdf"))
    with pytest.raises(UserError) as caught:
        faults.raise_if_any()
    shown = texts.explain_error(caught.value, "nb")
    assert "--format: Ukjent dokumentformat: «odt»." in shown
    assert "«rtf»" in shown
    assert shown.count("→") == 2


def test_an_unknown_text_is_a_bug_and_not_a_blank():
    with pytest.raises(KeyError):
        texts.fault_lines(Fault("cli:there_is_no_such_text"), "nb")


def test_a_name_in_the_code_is_said_by_the_word_of_the_reader() -> None:
    agency = texts.Term("agency", "analyses.state_jobs:columns.agency")
    kind = texts.Term("kind", "analyses.state_jobs:columns.kind")
    assert agency == "agency"
    assert pickle.loads(pickle.dumps(kind)).key == kind.key  # noqa: S301
    assert (
        texts.filled("{one}, {several:list}", "nn", one=kind, several=[agency, "B"]) == "hending, etat og B"
    )
    assert texts.filled("{one}", "en", one=kind) == "kind"


def test_two_shares_say_per_cent_once():
    told = texts.filled("{low:c0}–{high:%0}", "nb", low=0.16, high=0.53)
    assert told.replace("\u00a0", " ") == "16–53 %"
