"""The fields of a location case: what `fields.yaml` beside this file says of each."""

from __future__ import annotations

from tyngdepunkt.inputs.field_table import FieldTable

_FIELDS = FieldTable("tyngdepunkt.analyses.location.input")
field_at, field_title, known = _FIELDS.at, _FIELDS.title, _FIELDS.known


def table() -> FieldTable:
    """All of them."""
    return _FIELDS
