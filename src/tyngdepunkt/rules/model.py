"""A rule, a consideration and a rule set, as they are once they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tyngdepunkt.rules.case_facts import Trigger
from tyngdepunkt.texts import text

if TYPE_CHECKING:
    from tyngdepunkt.json_types import Level

BASES = ("verified", "secondary", "inferred", "not_found")

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A page or document that a rule was read from (`sources.yaml`).

    Args:
        id: as used in the register, for instance `id2924136`.
        citation: what to print; titles of Norwegian documents stay Norwegian.
        year: year of the edition that was read.
        url: where it is published.
        press: whether it is a newspaper: it can say where a rule was read, never what it rests on.
    """

    id: str
    citation: str
    year: str
    url: str
    press: bool = False


def cited(source: Source, lang: str, point: str = "", read_in: Source | None = None) -> str:
    """What a rule rests on, with its paragraph and, where that is another text, where it was read."""
    said = text("rules:cited.point", lang, source=source.citation, point=point) if point else source.citation
    return text("rules:cited.read_in", lang, said=said, read_in=read_in.citation) if read_in else said


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it stands in one rule set.

    Args:
        id: R1–R41. The number names the rule, not the regime.
        title: a few words in nb, nn, en.
        text: the rule in our own words in nb, nn, en.
        level: must, mainly, should or information.
        kind: purpose, scope, duty or procedure.
        applies_to: the triggers it is judged for.
        evaluator: name of the function that judges it.
        parameters: numbers and lists of the rule itself, for instance the least number of places.
        explained_by: ids under which a case may give its reason for deviating; empty where the
            guidelines do not open for deviation.
        refers_to: rules this rule is about (R18 is about R16 and R17).
        source: what it rests on, `basis` how well that is confirmed.
        point: number of the paragraph it stands in there; empty where that could not be read.
        read_in: where it was read, if not in `source` itself.
        status: `not_confirmed` where no text that we could read says that it holds here.
        valid_from, valid_to: first day in force, and first day no longer in force (None: open).
        checked_on: the day the text was last held against its source.
    """

    id: str
    title: Texts
    text: Texts
    level: Level
    kind: str
    applies_to: tuple[Trigger, ...]
    evaluator: str
    source: Source
    basis: str
    status: str
    valid_from: dt.date
    valid_to: dt.date | None
    checked_on: dt.date
    explained_by: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    refers_to: tuple[Rule, ...] = ()
    point: str = ""
    read_in: Source | None = None

    def cited(self, lang: str) -> str:
        """The citation to print beside the rule, with its paragraph and where it was read."""
        return cited(self.source, lang, self.point, self.read_in)


@dataclass(frozen=True, slots=True)
class Consideration:
    """Something the guidelines want assessed and weighed; weights and scores use its `id`."""

    id: str
    title: Texts
    source: Source
    basis: str = "verified"
    read_in: Source | None = None

    def cited(self, lang: str) -> str:
        """The citation to print beside the consideration, with where it was read."""
        return cited(self.source, lang, read_in=self.read_in)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The guidelines as they stood from one royal decree to the next.

    Args:
        version: the date of the decree, for instance `2022-08-12`; the rule set's name.
        status: `in_force` or `replaced`.
        rules: in force in this set, ordered by number.
        carried: rules of the set before that ended because the readable parts of this one
            neither repeat nor repeal them. They are judged as a precaution for the triggers
            they name, and the finding says so.
        notes: what could not be read of this version.
    """

    version: str
    title: Texts
    adopted: str
    valid_from: dt.date
    valid_to: dt.date | None
    status: str
    considerations: tuple[Consideration, ...]
    rules: tuple[Rule, ...]
    carried: tuple[Rule, ...]
    sources: tuple[Source, ...]
    notes: Texts

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id, in force or carried over.

        Raises:
            KeyError: the set has no such rule.
        """
        for rule in (*self.rules, *self.carried):
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
