"""CSV as Norwegian spreadsheets open it."""

from tyngdepunkt.documents.delimited import render
from tyngdepunkt.documents.document import Sheet


def test_numbers_have_a_comma_and_what_is_missing_is_empty() -> None:
    rows = (("Kommune", "Jobber", "Endring"), ("Tinn; Rjukan", 2602.0, -0.05), ("Røros", None, 1 / 3))
    told = render(Sheet("Kommuner", rows)).decode("utf-8")
    assert told == (
        '\ufeffKommune;Jobber;Endring\r\n"Tinn; Rjukan";2602;-0,05\r\nRøros;;0,333333333333333\r\n'
    )
