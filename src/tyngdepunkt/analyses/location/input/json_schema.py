"""The JSON Schema of a case file, so that editors complete and check it while it is written."""

from __future__ import annotations

from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input import ROOM
from tyngdepunkt.analyses.location.input.case_schema import AssumptionsShape
from tyngdepunkt.analyses.location.input.fields import known
from tyngdepunkt.indicators.assumptions import assumptions
from tyngdepunkt.inputs import weight_forms
from tyngdepunkt.inputs.field_types import PLACE_SCHEMA, no_empty_texts

_POINTS = {
    "type": "array",
    "minItems": 2,
    "maxItems": 100,
    "items": {
        "type": "array",
        "prefixItems": [{"type": "number"}, {"type": "number", "minimum": 0, "maximum": 100}],
        "items": {"type": "number"},
        "minItems": 2,
        "maxItems": 2,
    },
}


def json_schema(lang: str) -> dict[str, Any]:
    """The schema (draft 2020-12), with what each field means in language `lang`.

    It is a little wider than the reader: whether a place exists or weights sum is for the
    reader to say.
    """
    from tyngdepunkt.analyses.location.input import case_schema

    schema = case_schema.CaseShape.model_json_schema(by_alias=True)
    definitions = schema.setdefault("$defs", {})
    for model in (
        case_schema.JobShape,
        case_schema.AlternativeShape,
        case_schema.OfficeShape,
        case_schema.GradeShape,
    ):
        inner = model.model_json_schema(by_alias=True)
        definitions.update(inner.pop("$defs", {}))
        definitions[model.__name__] = inner
    _fill_in(schema, definitions)
    _describe(schema, "", lang)
    for name, group in definitions.items():
        _describe(group, getattr(case_schema, name).at, lang)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": texts.text(f"{ROOM}:schema.title", lang),
        "description": texts.text(f"{ROOM}:schema.description", lang),
    }
    whole = {**head, **{key: value for key, value in schema.items() if key not in head}}
    found: dict[str, Any] = no_empty_texts(whole)
    return found


def _fill_in(schema: dict[str, Any], definitions: dict[str, Any]) -> None:
    """The fields whose form is read by hand, because one word and one list can stand in the same place."""
    fields = schema["properties"]
    fields["weights"] = weight_forms.schema()
    definitions["LogShape"]["properties"]["weights"] = weight_forms.schema()
    definitions["UnitShape"]["properties"]["jobs"] = {
        "anyOf": [
            {"type": "array", "items": {"$ref": "#/$defs/JobShape"}},
            *definitions["UnitShape"]["properties"]["total_jobs"]["anyOf"],
        ]
    }
    fields["alternatives"] = {
        "anyOf": [
            {"const": "auto"},
            {
                "type": "array",
                "minItems": 1,
                "items": {"anyOf": [PLACE_SCHEMA, {"$ref": "#/$defs/AlternativeShape"}]},
            },
        ]
    }
    definitions["IndicatorShape"]["properties"]["value"] = {
        "anyOf": [
            {"enum": ["minmax", "identity", "national", "local"]},
            {"type": "object", "properties": {"points": _POINTS}, "additionalProperties": False},
            {"type": "object", "properties": {"step": _POINTS}, "additionalProperties": False},
        ]
    }
    cities = {"anyOf": [{"type": "array", "items": PLACE_SCHEMA}]}
    cities["anyOf"].append({"$ref": "#/$defs/CityListShape"})
    fields["largest_cities"], fields["oslo_area"] = dict(cities), dict(cities)
    leaving = {"anyOf": [PLACE_SCHEMA, {"$ref": "#/$defs/MovedFromShape"}]}
    fields["moved_from"] = {"type": "array", "items": leaving}
    one_or_more = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    fields["sources"], definitions["AlternativeShape"]["properties"]["measures"] = (
        dict(one_or_more),
        dict(one_or_more),
    )
    dates = {"anyOf": [{"type": "string", "format": "date"}, {"enum": ["unknown", None]}]}
    for name in ("notified", "informed"):
        fields[name] = {"type": "object", "additionalProperties": dates}
    fields["also_guidelines"] = {"type": "array", "items": {"type": "string", "format": "date"}}
    fields["ledger"] = {
        "anyOf": [
            {"type": "string"},
            {"type": "array", "maxItems": 5000, "items": {"type": "object"}},
        ]
    }
    for name in ("not_public", "lang", "window_years"):
        fields[name].pop("default", None)


def _describe(group: dict[str, Any], at: str, lang: str) -> None:
    """What each field means; the names of our classes are nobody's business."""
    group.pop("title", None)
    group.pop("description", None)
    for name, field in group.get("properties", {}).items():
        field.pop("title", None)
        field.pop("default", None)
        assumed = assumptions().get(name) if at == AssumptionsShape.at else None
        field["description"] = assumed.title[lang] if assumed else known(f"{at}.{name}").description(lang)
