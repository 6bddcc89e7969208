"""The shape of the house: what is tested where, what lives in which room, and what must stay out of it."""

import ast
import re
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SOURCE = REPOSITORY / "src" / "tyngdepunkt"
TESTS = REPOSITORY / "tests"
OWN_MACHINE = re.compile(rf"(?<![\w.])/(home|Users|root|tmp)/|{re.escape(str(REPOSITORY))}")
MOST_LINES = 450
NORWEGIAN = re.compile(r"[æøåÆØÅ]|\b(og|ikke|ikkje|eller|kommune|vekter|hensyn|omsyn)\b")

# A module that no test imports or is named after is reached through the front door of its room. Each
# entry is the module, the test that goes through that door, and which door it is.
THROUGH_THE_DOOR = {
    "workspace.database": (
        "unit/workspace/test_store.py",
        "the database the drafts and the ledger share",
    ),
    "workspace.drafts.merge": ("unit/workspace/test_store.py", "what two saves of one case become"),
    "cli._case_kept": ("unit/workspace/test_carry.py", "the commands are run there, beside what they carry"),
    "workspace.copies": ("unit/workspace/test_backup.py", "how a backup is written and put back"),
    "workspace.ready": ("unit/workspace/test_version.py", "what is done with a database that is opened"),
    "analyses.state_jobs.headings": (
        "unit/analyses/state_jobs/test_import_file.py",
        "what columns are called",
    ),
    "analyses.state_jobs.current_ledger": ("unit/analyses/state_jobs/test_store.py", "what is kept of a row"),
    "analyses.state_jobs.event_parser": (
        "unit/analyses/state_jobs/test_import_file.py",
        "what a row of a file becomes",
    ),
    "analyses.state_jobs.initial_data": (
        "unit/analyses/state_jobs/test_store.py",
        "what a new ledger begins with",
    ),
    "analyses.state_jobs.register": (
        "unit/cli/test_ledger.py",
        "what its command is made from",
    ),
    "analyses.state_jobs.today": ("unit/cli/test_ledger.py", "events of a municipality that is no more"),
    "analyses.state_jobs.listed": ("unit/analyses/state_jobs/test_import_file.py", "events in YAML and JSON"),
    "analyses.location.answer": ("unit/analyses/location/test_as_json.py", "what it is filled in with"),
    "analyses.kept": ("unit/analyses/test_toys.py", "what a toy leaves for its next run"),
    "analyses.optional_parts": ("unit/analyses/test_toys.py", "what two toys have, and what one lacks"),
    "analyses.location.resolve": ("unit/cli/test_assess.py", "through the contract"),
    "analyses.location.run": ("unit/cli/test_assess.py", "through the contract"),
    "analyses.location.question": ("unit/cli/test_assess.py", "through the contract"),
    "analyses.location.shown": ("unit/analyses/location/test_weight_change_guard.py", "what is remembered"),
    "analyses.location.earlier": ("unit/cli/test_assess.py", "an answer of another method version"),
    "analyses.location.offices": (
        "unit/analyses/location/test_meaning.py",
        "jobs place by place and who reaches an office, in the answer of a closure",
    ),
    "analyses.location.firmness": ("unit/analyses/location/test_narrative.py", "how firmly the first stands"),
    "analyses.location.valued": (
        "unit/analyses/location/test_score.py",
        "whether an indicator takes part and what a figure is worth is seen in the scores",
    ),
    "analyses.location.computation": (
        "unit/analyses/location/test_assess.py",
        "what assess holds between its steps",
    ),
    "analyses.labour_market_regions.resolve": ("unit/cli/test_regions.py", "through the contract"),
    "analyses.labour_market_regions.run": ("unit/cli/test_regions.py", "through the contract"),
    "analyses.labour_market_regions.result": ("unit/cli/test_regions.py", "the JSON of the command"),
    "analyses.ranking.source_positions": (
        "unit/analyses/ranking/test_ranking.py",
        "where in the file a fault is",
    ),
    "analyses.ranking.narrative": ("unit/analyses/ranking/test_ranking.py", "what the command prints"),
    "analyses.ranking.decision_matrix": ("unit/analyses/ranking/test_ranking.py", "what read_table answers"),
    "analyses.ranking.weights": ("unit/analyses/ranking/test_ranking.py", "weights of a table"),
    "analyses.procurement.compare": ("unit/cli/test_procurement.py", "what a changed draft gained"),
    "analyses.procurement.demands": ("unit/analyses/procurement/test_rules.py", "rules 5–10"),
    "analyses.procurement.structure": ("unit/analyses/procurement/test_rules.py", "rules 1–4 and 14"),
    "analyses.procurement.process": ("unit/analyses/procurement/test_rules.py", "rules 11–20"),
    "analyses.procurement.outcome": ("unit/analyses/procurement/test_rules.py", "rules 21–24"),
    "analyses.procurement.judged": ("unit/analyses/procurement/test_rules.py", "what a rule answers"),
    "analyses.procurement.document": ("unit/cli/test_procurement.py", "the note that is filed with the case"),
    "analyses.procurement.distance": ("unit/cli/test_procurement.py", "how near the work is"),
    "analyses.procurement.doffin": ("unit/analyses/procurement/test_ocds.py", "answers of the search"),
    "analyses.procurement.plain": ("unit/analyses/procurement/test_ocds.py", "JSON that is no notice"),
    "analyses.procurement.narrative": ("unit/cli/test_procurement.py", "what the command prints"),
    "analyses.procurement.resolve": ("unit/analyses/procurement/test_rules.py", "through the contract"),
    "analyses.procurement.run": ("unit/analyses/procurement/test_rules.py", "through the contract"),
    "analyses.procurement.question": ("unit/cli/test_procurement.py", "the options"),
    "cli._data_kept": ("unit/places/test_keep.py", "the commands are run there, beside what they carry"),
    "cli._data_register": ("unit/sources/test_register_files.py", "data register"),
    "places.difference_words": ("unit/web/test_changes.py", "by names on the page; by codes in test_keep"),
    "places.row_differences": ("unit/places/test_keep.py", "data diff counts rows"),
    "places.build_boundaries": ("unit/places/test_answers.py", "the table boundary"),
    "sources.state_workplaces": ("unit/places/test_answers.py", "the table state_workplace"),
    "sources.answers": ("unit/places/test_answers.py", "what a refresh takes in"),
    "cli._data_klass": ("unit/sources/test_klass_service.py", "data klass"),
    "cli._data_kartverket": ("unit/sources/test_kartverket.py", "data kartverket"),
    "cli._data_doffin": ("unit/sources/test_doffin.py", "data doffin"),
    "cli._data_vacancies": ("unit/sources/test_vacancies.py", "data vacancies"),
    "cli._data_workplaces": ("unit/sources/test_data_workplaces.py", "data workplaces"),
    "cli._data_changes": ("unit/sources/test_register_changes.py", "data changes"),
    "cli._data_search": ("unit/sources/test_register_search.py", "data search"),
    "cli._data_asked": ("unit/sources/test_kartverket.py", "what the commands that ask a source print"),
    "sources.asked": ("unit/sources/test_kartverket.py", "reading an answer and what does not fit"),
    "cli._data_refresh": ("unit/places/test_refresh.py", "data refresh"),
    "cli._data_schedule": ("unit/places/test_refresh.py", "data schedule"),
    "cli._data_view": ("unit/cli/test_data.py", "what data prints"),
    "cli._place_view": ("unit/cli/test_place.py", "what place prints"),
    "cli._blocks": ("unit/cli/test_blocks.py", "its tables on terminals of several widths"),
    "cli._numbers": ("unit/cli/test_regions.py", "numbers that are options"),
    "cli.factory": ("unit/analyses/test_contract.py", "commands made from the contract"),
    "analyses.ranking.question": ("unit/analyses/ranking/test_ranking.py", "the parameters"),
    "analyses.ranking.result": ("unit/analyses/ranking/test_ranking.py", "what is answered"),
    "analyses.ranking.run": ("unit/analyses/ranking/test_ranking.py", "run through the contract"),
    "cli.report": ("unit/documents/test_report_command.py", "the command is run there, beside what it makes"),
    "cli.serve": ("unit/web/test_serve.py", "the command is run there, as a process"),
    "inputs.numerals": ("unit/inputs/test_numbers.py", "the signs of a number, read through numbers"),
    "inputs.text": ("unit/inputs/test_numbers.py", "how typed text is made even before it is read"),
    "methods.siting.capacity_bound": (
        "unit/methods/siting/test_capacitated.py",
        "the bound a capacitated plan cannot beat",
    ),
    "methods.siting.cover_bound": ("unit/methods/siting/test_covering.py", "the bound that proves a plan"),
    "methods.siting.covering_room": ("unit/methods/siting/test_covering.py", "covering with capacities"),
    "methods.siting.curve": ("unit/methods/siting/test_around.py", "the best for each number of sites"),
    "methods.siting.existing_first": ("unit/methods/siting/test_around.py", "fewest new sites"),
    "methods.siting.near_best": ("unit/methods/siting/test_around.py", "the K best plans"),
    "methods.siting.pace": ("unit/methods/siting/test_p_median.py", "time limits of the p-median"),
    "cli._clock": ("unit/cli/test_site.py", "limits that count from the start of the process"),
    "methods.siting.reduced": ("unit/methods/siting/test_p_median.py", "the small program that is left"),
    "methods.siting.plans": ("unit/methods/siting/test_p_median.py", "plans, through the search"),
    "methods.siting.parts": ("unit/methods/siting/test_around.py", "parts, through the searches that split"),
    "methods.validation": ("unit/methods/test_value.py", "the checks at the door of every method"),
    "places.build_tables": ("unit/places/test_build_folder.py", "how raw tables are made from a folder"),
    "places.municipalities": ("unit/places/test_store.py", "what an open store answers"),
    "places.models": ("unit/places/test_store.py", "plain records"),
    "places.names": (
        "unit/places/test_name_resolution.py",
        "how names are compared when a place is looked up",
    ),
    "places.profile": ("unit/cli/test_place.py", "what is shown of a place"),
    "places.profile_answer": ("unit/cli/test_place.py", "the same as JSON"),
    "places.refresh_checks": ("unit/places/test_refresh.py", "what a fetched table must be"),
    "places.in_use": ("unit/places/test_keep.py", "which snapshot is used"),
    "places.differences": ("unit/places/test_keep.py", "data diff"),
    "places.rebuild": ("unit/cli/test_data.py", "data build"),
    "places.municipality_changes": (
        "unit/places/test_name_resolution.py",
        "old numbers, when a place is looked up",
    ),
    "analyses.labour_market_regions.load_flows": (
        "unit/analyses/labour_market_regions/test_reading.py",
        "flows, travel times and neighbours",
    ),
    "web.read.uploaded": ("unit/web/test_case_pages.py", "files that are sent"),
    "analyses.labour_market_regions.municipal": (
        "unit/analyses/labour_market_regions/test_norwegian_commuting.py",
        "which municipalities a file holds",
    ),
    "inputs.delimited": ("unit/inputs/test_tables.py", "CSV in every form, read as tables"),
    "documents.docx_template_fill": ("unit/documents/test_docx.py", "how a docx is made"),
    "documents.docx_table": ("unit/documents/test_docx.py", "how a docx is made"),
    "rules.instructions": ("unit/rules/test_instructions.py", "data files read by the loader"),
    "sources._files": ("unit/sources/test_ssb.py", "how a provider's file is kept"),
    "sources.contract": ("unit/sources/test_ssb.py", "what the providers share"),
    "web.caching": ("unit/web/test_app.py", "what is answered when nothing has changed"),
    "web.errors": ("unit/web/test_app.py", "faults as pages and as problem documents"),
    "web.read.alternatives": ("unit/web/test_case_pages.py", "what the alternatives step shows"),
    "web.read.case": ("unit/web/test_case_pages.py", "what the steps show"),
    "web.read.must_have_preview": ("unit/web/test_case_steps.py", "how many places meet the must-haves"),
    "web.read.version_diff": ("unit/web/test_case_result.py", "what changed between two versions of a case"),
    "web.read.svg_cache": ("unit/web/test_map.py", "the drawings on pages"),
    "web.output": ("unit/web/test_places.py", "JSON, CSV and lists a part at a time"),
    "web.read.place": ("unit/web/test_places.py", "what is shown of a place"),
    "web.read.region": ("unit/web/test_places.py", "what is shown of a region"),
    "web.read.rule_preview": ("unit/web/test_case_steps.py", "the rules while one answers"),
    "web.read.search": ("unit/web/test_places.py", "what a search finds"),
    "web.read.state_presence": ("unit/web/test_places.py", "state offices and decisions on a place's page"),
    "web.read.figure_display": ("unit/web/test_places.py", "figures as they are told on a page"),
    "web.read.town": ("unit/web/test_places.py", "what is shown of a town"),
    "web.sync_handlers": (
        "unit/web/test_app.py",
        "two methods on one path, several applications in one process",
    ),
}

# Packages whose every module is reached, also one that is added: the test takes its list from what the
# package registers, or the package has one door and nothing in it can be had without passing through it.
WHOLE = {
    "web.answers": ("unit/web/test_api_schema.py", "what each route answers is held to its type"),
    "analyses.industry": (
        "unit/analyses/industry/test_industry.py",
        "asked through the contract, which is its one door",
    ),
    "analyses.business": (
        "unit/analyses/business/test_business.py",
        "asked through the contract, which is its one door",
    ),
    "analyses.desk_need": (
        "unit/analyses/desk_need/test_desk_need.py",
        "asked through the contract, which is its one door",
    ),
    "analyses.remote_work": (
        "unit/analyses/remote_work/test_remote_work.py",
        "asked through the contract, which is its one door",
    ),
    "analyses.functions": (
        "unit/analyses/functions/test_functions.py",
        "asked through the contract, which is its one door",
    ),
    "analyses.joined_functions": (
        "unit/analyses/joined_functions/test_joined_functions.py",
        "asked through the contract, which is its one door",
    ),
    "methods.industry": (
        "unit/methods/industry/test_measures.py",
        "every measure, by the package's own list",
    ),
    "methods.siting": ("unit/methods/siting/test_covering.py", "solved there through the models' own doors"),
    "workspace.migrations": ("unit/workspace/test_version.py", "an old database passes through every step"),
    "analyses.location.input": (
        "unit/analyses/location/test_case_forms.py",
        "read_case is the only door to the reader",
    ),
    "analyses.siting": ("unit/cli/test_site.py", "the command is the one door to every reader"),
    "indicators": ("unit/indicators/test_functions.py", "every function in the catalogue is computed"),
    "documents.charts": ("unit/documents/test_charts.py", "every chart is drawn there"),
    "analyses.location.document": (
        "unit/analyses/location/document/test_location_document.py",
        "location_document is the only door",
    ),
    "documents.map": ("unit/documents/test_map.py", "the map is drawn there"),
    "rules.evaluators": (
        "rules/test_situations.py",
        "every rule that names an evaluator is in a situation a case officer can read",
    ),
    "web.api": (
        "unit/web/test_api.py",
        "every address in the document is asked, and every address is in the document",
    ),
    "web.pages": (
        "journeys/test_axe.py",
        "every route that shows a page, and every step of a case, is opened there",
    ),
}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def has_code(module: Path) -> bool:
    """Whether there is more in it than its docstring."""
    return len(ast.parse(module.read_text(encoding="utf-8")).body) > 1


def dotted(module: Path) -> str:
    return ".".join(module.relative_to(SOURCE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


@cache
def imported_by_tests() -> frozenset[str]:
    """Every module of ours, and every name in one, that some test imports."""
    found: set[str] = set()
    for test in TESTS.rglob("*.py"):
        for node in ast.walk(ast.parse(test.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
    return frozenset(found)


def door_of(name: str) -> str | None:
    """The entry that a module has, or that of the package that holds it."""
    held = [entry for entry in WHOLE if name == entry or name.startswith(entry + ".")]
    return name if name in THROUGH_THE_DOOR else max(held, key=len, default=None)


def has_own_test(module: Path) -> bool:
    """Whether a test imports it, or bears its name in the tests of its room."""
    name = dotted(module)
    room = TESTS / "unit" / name.partition(".")[0]
    return f"tyngdepunkt.{name}".rstrip(".") in imported_by_tests() or any(
        room.rglob(f"test_{module.stem}.py")
    )


def test_every_module_is_tested_or_named_with_the_test_that_reaches_it() -> None:
    """Else: write a test, or say in THROUGH_THE_DOOR which test reaches it."""
    missing = [
        dotted(each)
        for each in modules()
        if has_code(each) and not (has_own_test(each) or door_of(dotted(each)))
    ]
    assert missing == []


def test_the_list_of_doors_is_true() -> None:
    names = {dotted(module) for module in modules()}
    for entry, (test, reason) in {**THROUGH_THE_DOOR, **WHOLE}.items():
        assert entry in names, f"{entry} is gone"
        assert (TESTS / test).is_file(), f"{entry}: {test} is gone"
        assert reason


def test_every_package_says_what_lives_there() -> None:
    for package in sorted(SOURCE.rglob("__init__.py")):
        said = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
        assert len(said) > 30, f"{dotted(package)}: a sentence at least"
        assert "to be written" not in said.lower(), dotted(package)


def test_every_module_says_what_it_is_and_stays_readable() -> None:
    for module in modules():
        text = module.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= MOST_LINES, dotted(module)
        assert ast.get_docstring(ast.parse(text)), dotted(module)
        assert not OWN_MACHINE.search(text), f"{dotted(module)}: a path of somebody's machine"


def test_methods_know_no_norwegian() -> None:
    for module in (SOURCE / "methods").rglob("*.py"):
        assert not NORWEGIAN.findall(module.read_text(encoding="utf-8")), dotted(module)


def test_methods_hold_nothing_but_python() -> None:
    """No texts, no tables: arrays in, arrays out."""
    others = [
        f.name
        for f in (SOURCE / "methods").rglob("*")
        if f.is_file() and f.suffix not in {".py", ".pyc"} and f.parent.name != "__pycache__"
    ]
    assert not others


def test_no_sentence_for_people_is_written_in_the_code_of_a_case() -> None:
    """Sentences live in texts.yaml, where they have all three languages; code only names their keys."""
    for module in (SOURCE / "analyses" / "location").rglob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                sentence = re.search(r"[a-zæøå]{3,} [a-zæøå]{2,} [a-zæøå]{2,}.*[.!?]$", node.value)
                assert not (sentence and NORWEGIAN.search(node.value)), f"{module.name}: {node.value!r}"


def test_nothing_is_committed_that_belongs_to_one_machine() -> None:
    for name in ("pyproject.toml", "README.md", "Makefile"):
        assert not OWN_MACHINE.search((REPOSITORY / name).read_text(encoding="utf-8"))
