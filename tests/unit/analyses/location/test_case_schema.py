"""The JSON Schema: complete, in three languages, and in agreement with the reader."""

from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.analyses.location.input.case_schema import CaseShape
from tyngdepunkt.analyses.location.input.json_schema import json_schema
from tyngdepunkt.inputs.reading import read_mapping

EXAMPLES = sorted((Path(__file__).parents[4] / "examples" / "location").glob("*.yaml"))


def groups(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *schema["$defs"].values()]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_field_is_described(lang: str) -> None:
    schema = json_schema(lang)
    described = [field for group in groups(schema) for field in group["properties"].values()]
    assert all(field["description"].strip() for field in described)
    assert len(described) > 70


def test_it_has_the_fields_of_the_reader_and_no_others() -> None:
    schema = json_schema("en")
    assert set(schema["properties"]) == set(CaseShape.model_fields)
    assert schema["required"] == ["title", "date", "trigger", "unit", "alternatives"]
    assert all(group["additionalProperties"] is False for group in groups(schema))


def test_all_references_lead_somewhere() -> None:
    schema = json_schema("nb")

    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [found for value in part.values() for found in references(value)]
        return [found for value in part for found in references(value)] if isinstance(part, list) else []

    found = {reference.removeprefix("#/$defs/") for reference in references(schema)}
    assert found <= set(schema["$defs"])
    assert {"AlternativeShape", "JobShape", "OfficeShape", "GradeShape"} <= found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_agree_with_it(path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema to hold files against the schema")
    data = read_mapping(path).data
    jsonschema.Draft202012Validator(json_schema("nb")).validate(_as_json(data))


def _as_json(data: Any) -> Any:
    """Dates as an editor sees them."""
    if isinstance(data, dict):
        return {key: _as_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_json(value) for value in data]
    return data if isinstance(data, str | int | float | type(None)) else data.isoformat()
