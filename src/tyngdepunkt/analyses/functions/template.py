"""An empty workbook to fill in before anything is sent: the list of posts, and the questions."""

from __future__ import annotations

from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.functions.bound import ASKED
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.documents.document import Document, Sheet, Terms
from tyngdepunkt.settings import LANGUAGES

_STAFF = ("unit", "occupation", "municipality", "count", "title")


def template(lang: str) -> Document:
    """Both sheets with headings and one row of an example, which is marked as such and never counted."""

    def say(key: str) -> str:
        return texts.text(f"{ROOM}:{key}", lang)

    example = say("template.example")
    heads = tuple(say(f"columns.{name}").capitalize() for name in _STAFF)
    staff = (heads, (example, "2422", say("template.municipality"), 12, say("template.title")))
    asked = (
        *map(say, ("view.unit", "view.occupation", "view.name")),
        *(say(f"item.{each}") for each in ASKED),
    )
    no = (say("template.no"),) * len(ASKED)
    questions = (asked, (example, "2422", say("template.title"), *no))
    names = ("staff", "questions", "example_told", "persons")
    return Document(
        title=say("template.document"),
        lang=lang,
        summary=(),
        facts=Terms(tuple((say(f"template.{name}"), say(f"template.{name}_how")) for name in names)),
        sections=(),
        sources=(),
        sheets=(Sheet(say("template.staff"), staff), Sheet(say("view.question_sheet"), questions)),
    )


def is_example(unit: Any) -> bool:
    """Whether a row is the example of the template, in any language."""
    given = " ".join(str(unit).split()).casefold()
    return given in {texts.text(f"{ROOM}:template.example", lang).casefold() for lang in LANGUAGES}


def question_sheets() -> frozenset[str]:
    """What the sheet of questions is called, in any language."""
    return frozenset(texts.text(f"{ROOM}:view.question_sheet", lang) for lang in LANGUAGES)
