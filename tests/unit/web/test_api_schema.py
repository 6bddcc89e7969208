"""The API takes what its own document says and nothing else: schemathesis, both ways, on every operation.

What fits the schema is answered, and may be refused only for what no schema can say (a place that does not
exist, weights that do not sum). What does not fit it is refused.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from litestar import Litestar
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tyngdepunkt.web.api import openapi

ALWAYS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
OPERATIONS = [(method, path) for path, methods in openapi.own()["paths"].items() for method in methods]
FEW = 20
BOUNDED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
OF_A_CASE = """
    missing_field unknown_field unknown_choice wrong_kind not_a_list not_a_group not_text empty_text
    out_of_bounds not_whole negative
"""
OF_A_VALUE = """
    not_a_number not_a_number_or_range not_one_number not_one_share share_outside not_a_date no_day
    not_yes_or_no
"""
OF_A_TABLE = """
    criteria_kind criterion_kind direction_kind value_kind points_kind unknown_key alternatives_kind
    too_few_alternatives alternative_kind cell_kind cell_too_large
"""
SHAPE = {
    *(f"analyses.location.input:{name}" for name in OF_A_CASE.split()),
    *(f"inputs:{name}" for name in OF_A_VALUE.split()),
    *(f"analyses.ranking:{name}" for name in OF_A_TABLE.split()),
    *(f"web.read:{name}" for name in ("limit", "offset", "class", "centre")),
    *("web:language", "web:query"),
}
"""Faults of form, which the document would have had to say."""


@pytest.fixture(scope="module")
def api(web_app: Litestar) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TYNGDEPUNKT_HOSTS", "*")
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", web_app)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize("fits", [True, False])
def test_what_the_document_says_is_what_is_taken(api: Any, method: str, path: str, fits: bool) -> None:
    operation = api[path][method.upper()]
    modes = {True: GenerationMode.POSITIVE, False: GenerationMode.NEGATIVE}

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=modes[fits]))
    def run(case: Any) -> None:
        if isinstance(case.query, dict) and isinstance(case.query.get("draws"), int):
            case.query["draws"] = min(case.query["draws"], FEW)  # thousands are taken, and take minutes
        answer = case.call()
        checks = ALWAYS if fits else (*ALWAYS, negative_data_rejection)
        case.validate_response(answer, checks=checks)
        if fits and answer.status_code in (400, 422):
            wrong = [each for each in answer.json()["errors"] if each["key"] in SHAPE]
            assert not wrong, wrong

    run()
