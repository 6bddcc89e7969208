"""How people write numbers, and what each text is: the one table that every caller is tested by.

Each row is a text and its answer: (lowest, highest), `None` where it says that it is not known, or the
name of the fault in `inputs/texts.yaml`.
"""

from __future__ import annotations

Answer = tuple[float, float] | str | None

WHOLE: dict[str, Answer] = {
    "0": (0, 0),
    "30": (30, 30),
    "007": (7, 7),
    "12345678": (12345678, 12345678),
    "1 200": (1200, 1200),
    "1\u00a0200": (1200, 1200),
    "1\u202f200": (1200, 1200),
    "1\u2009200": (1200, 1200),
    "1\u2007200": (1200, 1200),
    "12 345 678": (12345678, 12345678),
    " 30 ": (30, 30),
    "\ufeff30": (30, 30),
    "1.200.000": (1_200_000, 1_200_000),
    "1,200,000": (1_200_000, 1_200_000),
}
DECIMAL: dict[str, Answer] = {
    "12,5": (12.5, 12.5),
    "12.5": (12.5, 12.5),
    "0,125": (0.125, 0.125),
    "0.125": (0.125, 0.125),
    ",5": (0.5, 0.5),
    ".125": (0.125, 0.125),
    "1,2345": (1.2345, 1.2345),
    "1.200,5": (1200.5, 1200.5),
    "1,200.5": (1200.5, 1200.5),
    "1 200,5": (1200.5, 1200.5),
    "1 200.500": (1200.5, 1200.5),
    "1.200,500": (1200.5, 1200.5),
    "123 456,7": (123456.7, 123456.7),
    "12.345.678,9": (12345678.9, 12345678.9),
}
RANGE: dict[str, Answer] = {
    "10–15": (10, 15),
    "10-15": (10, 15),
    "10 - 15": (10, 15),
    "10—15": (10, 15),
    "10\u201115": (10, 15),
    "10−15": (10, 15),
    "10 til 15": (10, 15),
    "10 to 15": (10, 15),
    "10..15": (10, 15),
    "1200, 1500": (1200, 1500),
    "[10,15]": (10, 15),
    "[10, 15]": (10, 15),
    "[10; 15]": (10, 15),
    "[10–15]": (10, 15),
    "[12,5; 13,5]": (12.5, 13.5),
    "[12,5, 13,5]": (12.5, 13.5),
    "12,5–13,5": (12.5, 13.5),
    "mellom 10 og 15": (10, 15),
    "between 10 and 15": (10, 15),
    "fra 10 til 15": (10, 15),
    "frå 10 til 15": (10, 15),
    "from 10 to 15": (10, 15),
    "1 200–1 300": (1200, 1300),
    "1 000 til 1 500,5": (1000, 1500.5),
    "10–15000": (10, 15000),
    "200–1 500": (200, 1500),
    "15–15": (15, 15),
}
ABOUT: dict[str, Answer] = {
    "ca 25": (25, 25),
    "ca. 25": (25, 25),
    "Ca.25": (25, 25),
    "cirka 25": (25, 25),
    "om lag 25": (25, 25),
    "omtrent 1 200": (1200, 1200),
    "rundt 25": (25, 25),
    "kring 25": (25, 25),
    "about 25": (25, 25),
    "~25": (25, 25),
    "ca 10–15": (10, 15),
}
UNKNOWN: dict[str, Answer] = dict.fromkeys(
    ["", "  ", "unknown", "Ukjent", "UKJEND", "?", "ikke kjent", "ikkje kjent", "not known", "n/a", ".."]
)
IN_DOUBT: dict[str, Answer] = {
    "10, 15": "comma_in_doubt",
    "1, 5": "comma_in_doubt",
    "1.200": "thousands_in_doubt",
    "1,200": "thousands_in_doubt",
    "1.234": "thousands_in_doubt",
    "12,345": "thousands_in_doubt",
    "123.456": "thousands_in_doubt",
    "1234,567": "thousands_in_doubt",
    "1.200–1.300": "thousands_in_doubt",
    "10–1.200": "thousands_in_doubt",
    "[1.200, 1.300]": "thousands_in_doubt",
    "ca 1.200": "thousands_in_doubt",
    "10–15 000": "range_in_doubt",
    "1–5 000": "range_in_doubt",
    "2–3 000 000": "range_in_doubt",
    "1,23457e+07": "shortened_number",
    "1,23E+07": "shortened_number",
    "1e3": "shortened_number",
}
NO_NUMBER: dict[str, Answer] = dict.fromkeys(
    [
        "many", "mange", "nan", "inf", "-inf", "Infinity", "true", "ja", "²", "１２", "٣", "½", "1/2", "1 20",
        "10 15", "12 0000", "1.20.000", "1.20,5", "1,2,3", "1..2..3", "12.", "1_000", "0x10", "1, 200", "5+",
        "over 10", "minst 10", "opptil 5", "10 eller 15", "10 stillinger", "kr 100", "-", "–", "[10]",
        "[10, 15, 20]", "[10", "10]", "[]", "10–", "--5", "10 15 20", "2023-06-01", "1.6.2023",
    ],
    "not_a_number_or_range",
)  # fmt: skip
APART: dict[str, Answer] = dict.fromkeys(
    ["1\n200", "5\r\n300", "1\u2028200", "10\xad15", "1\u202e2", "1\u20672"], "not_a_number_or_range"
)
PERCENT: dict[str, Answer] = dict.fromkeys(
    [
        "30 %",
        "30%",
        "30prosent",
        "30 prosent",
        "30 per cent",
        "30 percent",
        "30 pst.",
        "20–30 %",
        "20 %–30 %",
        "ca 30 %",
    ],
    "percent_not_asked",
)
OTHER: dict[str, Answer] = {
    "15–10": "turned_numbers",
    "[15, 10]": "turned_numbers",
    "12345678901234567": "too_many_digits",
    "9" * 400: "too_many_digits",
    "9" * 1200: "not_a_number_or_range",
}
NEGATIVE: dict[str, Answer] = {
    "-5": (-5, -5),
    "−5": (-5, -5),
    "–5": (-5, -5),
    "+5": (5, 5),
    "−10–−5": (-10, -5),
    "-10 til 5": (-10, 5),
}

EXAMPLES: dict[str, Answer] = (
    WHOLE | DECIMAL | RANGE | ABOUT | UNKNOWN | IN_DOUBT | NO_NUMBER | APART | PERCENT | OTHER | NEGATIVE
)

TYPED: list[tuple[object, Answer]] = [
    (30, (30, 30)),
    (1.234, (1.234, 1.234)),
    (1200.0, (1200, 1200)),
    ([10, 15], (10, 15)),
    ((10, 15), (10, 15)),
    (["10", "1 200"], (10, 1200)),
    ([12.5, "13,5"], (12.5, 13.5)),
    (None, None),
    (True, "not_a_number_or_range"),
    (float("nan"), "not_a_number_or_range"),
    (float("inf"), "not_a_number_or_range"),
    ([10], "not_a_number_or_range"),
    ([10, 12, 15], "not_a_number_or_range"),
    ([10, [15, 20]], "not_a_number_or_range"),
    ([10, "ukjent"], "not_a_number_or_range"),
    ([10, True], "not_a_number_or_range"),
    ([15, 10], "turned_numbers"),
    (["1.200", 1300], "thousands_in_doubt"),
    ({}, "not_a_number_or_range"),
]

SHARES: dict[str | float, tuple[Answer, Answer]] = {
    # in a file, and in a form that asks for per cent
    0.3: ((0.3, 0.3), "share_in_doubt"),
    "0,3": ((0.3, 0.3), "share_in_doubt"),
    "0.3": ((0.3, 0.3), "share_in_doubt"),
    "30 %": ((0.3, 0.3), (0.3, 0.3)),
    "30\u00a0%": ((0.3, 0.3), (0.3, 0.3)),
    "30 prosent": ((0.3, 0.3), (0.3, 0.3)),
    "30": ("share_above_one", (0.3, 0.3)),
    30: ("share_above_one", (0.3, 0.3)),
    "12,5": ("share_above_one", (0.125, 0.125)),
    "12,5 %": ((0.125, 0.125), (0.125, 0.125)),
    "0,3 %": ((0.003, 0.003), (0.003, 0.003)),
    "20–30 %": ((0.2, 0.3), (0.2, 0.3)),
    "20 % – 30 %": ((0.2, 0.3), (0.2, 0.3)),
    "0,2–0,3": ((0.2, 0.3), "share_in_doubt"),
    "20–30": ("share_above_one", (0.2, 0.3)),
    "0": ((0, 0), (0, 0)),
    "1": ((1, 1), "share_in_doubt"),
    "100 %": ((1, 1), (1, 1)),
    "101 %": ("share_outside", "share_outside"),
    "-5 %": ("share_outside", "share_outside"),
    "ca 30 %": ((0.3, 0.3), (0.3, 0.3)),
    "ukjent": (None, None),
    "": (None, None),
    "mange": ("not_a_number_or_range", "not_a_number_or_range"),
}
