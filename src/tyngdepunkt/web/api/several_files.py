"""Several files in one body: a JSON object of their contents, where an analysis may be brought more than one.

A form could carry files as they are, but a form of another site can be sent without asking, so the API takes
none. A table is text, as it would stand in a CSV file; a workbook is `{"base64": "…"}`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tyngdepunkt.analyses.contract import Analysis, Brings, Brought
from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs.reading import parse_mapping
from tyngdepunkt.inputs.text import shown

_IN_BASE64 = "base64"


def takes_several(made_for: Analysis) -> bool:
    """Whether the files of an analysis may be sent together as one JSON object.

    Returns:
        True where it has more than one file and the first is a table; not where that is itself JSON or YAML.
    """
    return len(made_for.files) > 1 and made_for.body is None and made_for.brings is not Brings.CASE


def schema_of(made_for: Analysis) -> dict[str, Any]:
    """The JSON Schema of a body with several files, as `files_in` reads it.

    Returns:
        An object with one property for each file of the analysis.
    """
    workbook = {
        "type": "object",
        "properties": {_IN_BASE64: {"type": "string", "contentEncoding": "base64"}},
        "required": [_IN_BASE64],
        "additionalProperties": False,
    }
    file = {"anyOf": [{"type": "string", "description": "A table as CSV."}, workbook]}
    return {
        "type": "object",
        "properties": dict.fromkeys(made_for.files, file),
        "required": [name for name, needed in made_for.files.items() if needed],
        "additionalProperties": False,
    }


def files_in(made_for: Analysis, content: str) -> dict[str, Brought]:
    """Read the files that were sent together as one JSON object.

    Args:
        made_for: the analysis.
        content: the body.

    Returns:
        Name of the file in the contract → the file; optional files that were not sent are left out.

    Raises:
        UserError: the body is no JSON object; or, all at once, names that the analysis does not know,
            contents that are neither text nor base64, and required files that are absent.
    """
    sent: Mapping[str, Any] = parse_mapping(content, Path(made_for.command)).data
    faults, found = Faults(), {}
    for name, value in sent.items():
        file = _content(value) if name in made_for.files else None
        if file is None:
            faults.add(
                "web:no_such_file", shown(str(name)), name=shown(str(name)), known=list(made_for.files)
            )
        else:
            found[name] = Brought(name, file)
    for name, needed in made_for.files.items():
        if needed and name not in sent:
            faults.add("web:no_file", name, name=name)
    faults.raise_if_any()
    return found


def _content(value: Any) -> bytes | None:
    """The bytes of a file; None where it is neither text nor base64."""
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, Mapping) and set(value) == {_IN_BASE64} and isinstance(value[_IN_BASE64], str):
        try:
            return base64.b64decode(value[_IN_BASE64], validate=True)
        except (binascii.Error, ValueError):
            return None
    return None
