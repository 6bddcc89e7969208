"""A case file, from a disk or sent by a program, as the case it means."""

from __future__ import annotations

from collections.abc import Mapping

from tyngdepunkt.analyses.contract import Brought, Setting
from tyngdepunkt.analyses.location.input.model import LocationCase
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.analyses.location.question import Question


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> LocationCase:
    """The case; what a program sends is held to the schema, and names no file of this machine.

    Raises:
        UserError: everything that is wrong with it, each fault with its line.
    """
    file, places = brought["case"], setting.open_places()
    if file.on_disk:
        return case_from_text(file.text, places, file.name, lang=setting.asked_lang)
    return case_from_text(file.text, places, lang=setting.asked_lang, by_program=True)
