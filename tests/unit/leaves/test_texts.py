"""Sentences in three languages, and numbers the Norwegian way."""

import datetime as dt
import pickle
import re
import string

import pytest

from rooms import rooms_with_texts
from tyngdepunkt import texts
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.settings import LANGUAGES


def _leaves(entry, path=()):
    if set(entry) & set(LANGUAGES):
        yield path, entry
        return
    for key, value in entry.items():
        yield from _leaves(value, (*path, key))


ALL = [(room, path, entry) for room in rooms_with_texts() for path, entry in _leaves(texts.texts_of(room))]


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
    assert {"analyses.location", "cli", "rules", "places"} <= set(rooms_with_texts())


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


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1, "1 dag er brukt"),
        (1.0, "1 dag er brukt"),
        (0.6, "1 dag er brukt"),
        (-1, "−1 dag er brukt"),
        (0, "0 dagar er brukte"),
        (21, "21 dagar er brukte"),
        (1001, "1_001 dagar er brukte"),
    ],
)
def test_the_words_after_a_number_agree_with_it_as_it_is_shown(value, told):
    sentence = texts.filled("{days:0 dag er brukt|dagar er brukte}", "nn", days=value)
    assert sentence.replace(texts.NBSP, "_") == told


@pytest.mark.parametrize(("value", "told"), [("1", "1 jobb"), ("≈ 1", "≈ 1 jobb"), ("1–2", "1–2 jobbar")])
def test_the_words_agree_with_a_number_that_is_written_already(value, told):
    assert texts.filled("{jobs: jobb|jobbar}", "nn", jobs=value) == told


COUNTED = re.compile(
    r"\{(?:count|days|rows|places|events|persons|months|cells)(?::0)?\} "
    r"(?:dag|rad|celle|person|kommun(?!enummer)|hending|hendels|månad|måned|eining|enhet|innbygg)\w+"
)


def test_no_sentence_writes_a_word_in_the_plural_after_a_number_that_can_be_one():
    """`{days} dagar` reads «1 dagar» where there is one of them."""
    wrong = [
        f"{room}:{'.'.join(path)}"
        for room, path, entry in ALL
        if not path[-1].endswith("_several")  # has a sentence for one beside it
        for lang in ("nb", "nn")
        if COUNTED.search(entry[lang])
    ]
    assert wrong == []


ONE_FORM = re.compile(
    r"\b(vert|verta|verte|vart|vorte|gje|gjev|gjeve[n]?|oppgjev\w*|grunngjev\w*|attgjev\w*|syner|også|korkje"
    r"|skjøn|fyrst\w?|attende|vera|lesa|skriva|søkja|liggja|velja|kolonna|numra|augneblinksbil\w*)\b",
    re.IGNORECASE,
)


def test_nynorsk_is_written_in_one_form():
    """Moderate forms: blir, gir, viser, òg, and infinitives on -e; a document does not mix them."""
    told = {f"{room}:{'.'.join(path)}": ONE_FORM.findall(entry["nn"]) for room, path, entry in ALL}
    assert {key: found for key, found in told.items() if found} == {}


UNIT = re.compile(r"[\d}] (?:%|m²|km/t|km|kr|MB|min)(?!\w)")


def test_a_unit_does_not_part_from_its_number():
    """A no-break space before %, m², km, kr, MB and min, as the formatter writes it."""
    told = {f"{room}:{'.'.join(path)}": UNIT.findall(entry["nb"] + entry["nn"]) for room, path, entry in ALL}
    assert {key: found for key, found in told.items() if found} == {}
