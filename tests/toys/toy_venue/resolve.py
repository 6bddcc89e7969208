"""The file against its model."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError
from tyngdepunkt.analyses.toy_venue import ANALYSIS
from tyngdepunkt.analyses.toy_venue.question import Case, Question

from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.reading import parse_mapping


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> tuple[Case, Made]:
    """The case; each field that will not do is a fault with its line."""
    file = brought["case"]
    located = parse_mapping(file.text, Path(file.name))
    try:
        return Case(**located.data), ANALYSIS.made(brought, question)
    except ValidationError as error:
        found = [tuple(each["loc"]) for each in error.errors()]
    key = "analyses.toy_venue:field"
    raise UserError(*(Fault(key, {"name": str(steps[-1])}, located.where(steps)) for steps in found))
