"""Numbers and shares as options: read as everywhere else (`inputs`), with the option named in the fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import cyclopts

from tyngdepunkt.errors import UserError


def _reader(name: str) -> Callable[[Any, Sequence[cyclopts.Token]], float]:
    def read(_kind: Any, tokens: Sequence[cyclopts.Token]) -> float:
        from tyngdepunkt.inputs import numbers
        from tyngdepunkt.inputs.text import refused, shown

        written, option = tokens[0].value, str(tokens[0].keyword or "")
        try:
            found: float | None = getattr(numbers, name)(written)
        except UserError as error:
            raise error.at(option) from None
        if found is None:
            raise refused("not_one_number", given=shown(written)).at(option)
        return found

    return read


Number = Annotated[float | None, cyclopts.Parameter(converter=_reader("number"))]
Share = Annotated[float | None, cyclopts.Parameter(converter=_reader("share"))]
