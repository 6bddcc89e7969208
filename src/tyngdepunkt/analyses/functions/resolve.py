"""From a list of posts, and perhaps own answers, to what is counted: every fault is found first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt import json_types
from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.analyses.functions import ANALYSIS
from tyngdepunkt.analyses.functions.answers import Answers, answer_of, questions_in, read_answers
from tyngdepunkt.analyses.functions.asks import answers_in
from tyngdepunkt.analyses.functions.assumed import Move, read_move
from tyngdepunkt.analyses.functions.coded import Occupations
from tyngdepunkt.analyses.functions.question import Question
from tyngdepunkt.analyses.functions.sources import sources_of
from tyngdepunkt.analyses.functions.staff import NO_PLACE, Staff, read_staff
from tyngdepunkt.analyses.functions.values import shares_of
from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.places import Places


@dataclass(frozen=True, slots=True)
class Asked:
    """Posts that have passed their checks, and what is known of their occupations.

    Args:
        names: occupation → name.
        groups: first digit of an occupation → name of its group.
        shares: occupation → method → share.
        move: what is asked of a move.
        places: for who lives within reach.
    """

    staff: Staff
    answers: Answers
    names: Mapping[str, str]
    groups: Mapping[str, str]
    shares: Mapping[str, Mapping[str, float]]
    sources: list[json_types.Source]
    question: Question
    made: Made
    move: Move
    places: Places


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Read and check a list of posts and own answers.

    Args:
        brought: `table`, and perhaps `questions`, and `form` with what was ticked on a page.
        question: what is asked.
        setting: gives the places, which know the occupations.

    Raises:
        UserError: everything that is wrong, each fault with its line or row.
    """
    places, found = setting.open_places(), Faults()
    known = Occupations(places)
    faults = FileFaults(found)
    staff = read_staff(brought["table"], setting, known, faults)
    faults.close()
    answers = Answers()
    own = brought.get("questions")
    if own is not None or questions_in(brought["table"]):
        faults = FileFaults(found, setting.named("questions"))
        answers = read_answers(own or brought["table"], setting, known, faults)
        if own is None:  # the sheet of posts beside it is read too
            answers.notices = [each for each in answers.notices if not each.id.endswith("other_sheets")]
        faults.close()
    if "form" in brought:  # what was ticked on a page comes last, and holds
        ticked = {key: answer_of(given) for key, given in answers_in(brought["form"]).items()}
        answers.given |= {key: answer for key, answer in ticked.items() if answer is not None}
    move = read_move(question, setting, found)
    found.raise_if_any()
    groups = dict(places.rows("occupation", ("code", "name"), level=1)) if places.has("occupation") else {}
    made = ANALYSIS.made(brought, question, snapshot=places.snapshot.id)
    placed = any(place != NO_PLACE for _, _, place in staff.posts)
    sources = sources_of(places, known.by_catalogue, placed, setting.lang)
    shares = shares_of(places)
    return Asked(staff, answers, known.names, groups, shares, sources, question, made, move, places)
