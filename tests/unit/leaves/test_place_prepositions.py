"""No sentence chooses between «i» and «på» before the name of a place: which is right hangs on the name."""

import re

from rooms import rooms_with_texts
from tyngdepunkt.texts import texts_of

PLACES = "place|places|region|regions|town|municipality|most|least|fewest|others|asking"
CHOSEN = re.compile(rf"\b([Ii]|[Pp]å) \{{({PLACES})(:list)?\}}")


def _sentences(node):
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from [inner] if name in ("nb", "nn") and isinstance(inner, str) else _sentences(inner)


def test_the_reader_finds_a_chosen_preposition():
    assert CHOSEN.search("Kontoret ligger på {place}.")
    assert not CHOSEN.search("Kontoret flyttes til {place}.")


def test_no_sentence_chooses_a_preposition_before_the_name_of_a_place():
    said = [sentence for room in rooms_with_texts() for sentence in _sentences(dict(texts_of(room)))]
    assert len(said) > 500
    assert [sentence for sentence in said if CHOSEN.search(sentence)] == []
