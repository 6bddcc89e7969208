"""The fields of a location case: what `fields.yaml` beside this file says of each."""

from __future__ import annotations

from tyngdepunkt.inputs.field_table import FieldTable

FIELDS = FieldTable("tyngdepunkt.analyses.location.input")
field_at, field_title, known = FIELDS.at, FIELDS.title, FIELDS.known
