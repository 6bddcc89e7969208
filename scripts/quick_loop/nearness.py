"""Which tests reach a changed file, and how near: by name and folder first, then along the imports.

Read from the tree as it stands, so that a fresh clone knows as much as one where every test has been
run; what a test reaches through another process or a text is guessed by the names it writes. Nearly
everything is reached at last: nearness is for what to run first, not for what to leave out for good.
"""

from __future__ import annotations

import ast
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PACKAGE = "tyngdepunkt"
SOURCE = Path("src") / PACKAGE
TESTS = Path("tests")
BROWSER = TESTS / "journeys"
SEEN_IN_BROWSER = (SOURCE / "web/templates", SOURCE / "web/static", BROWSER)
MIRROR = 2
"""How near a test is that lies in the folder of the changed one and is not known to import it."""
_WRITTEN = re.compile(rf"""["']({PACKAGE}(?:\.\w+)+)""")


@dataclass(frozen=True)
class Nearness:
    """The tree under `root`, read when it is first asked of."""

    root: Path = ROOT
    _imports: dict[Path, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def test_files(self) -> tuple[Path, ...]:
        """Every file with tests, from the root."""
        found = (self.root / TESTS).rglob("test_*.py")
        return tuple(sorted(each.relative_to(self.root) for each in found))

    def of(self, changed: Iterable[Path]) -> dict[Path, int]:
        """Test file → steps to the nearest of the changed files; what is not reached is not there.

        Args:
            changed: paths from the root; a file that is gone counts by where it lay.
        """
        nearest: dict[Path, int] = {}
        for file in changed:
            for test, steps in self._of_one(file):
                if test in self.test_files:
                    nearest[test] = min(steps, nearest.get(test, steps))
        if not any(file.is_relative_to(folder) for file in changed for folder in SEEN_IN_BROWSER):
            nearest = {test: steps for test, steps in nearest.items() if not test.is_relative_to(BROWSER)}
        units = TESTS / "unit"  # before those of the whole tree, and those last that open a browser
        order = sorted(
            nearest,
            key=lambda test: (
                nearest[test],
                test.is_relative_to(BROWSER),
                not test.is_relative_to(units),
                test,
            ),
        )
        return {test: nearest[test] for test in order}

    def _of_one(self, file: Path) -> Iterator[tuple[Path, int]]:
        if file in self.test_files:
            yield file, 0
        elif file.is_relative_to(TESTS):
            yield from self._of_shared(file)
        elif file.is_relative_to(SOURCE):
            yield from self._of_source(file)
        else:
            folders = "|".join(
                re.escape(each.name) for each in file.parents if each.name not in ("", "scripts")
            )
            yield from self._naming(
                rf"""["'/_](?:{folders})(?:["'/]|\.py\b)""" if folders else r"\Z.", MIRROR
            )
        if file.name != "__init__.py":
            yield from self._naming(re.escape(file.name), 1)

    def _naming(self, pattern: str, steps: int) -> Iterator[tuple[Path, int]]:
        name = re.compile(pattern)
        return ((test, steps) for test in self.test_files if name.search(self._text(test)))

    def _of_shared(self, file: Path) -> Iterator[tuple[Path, int]]:
        """What tests share: a helper reaches those that name it, the rest those below its folder."""
        if file.suffix == ".py" and file.name != "conftest.py":
            yield from self._naming(rf"\b{re.escape(file.stem)}\b", 1)
            return
        below: list[Path] = []
        folder = file
        while not below and folder != Path():
            folder = folder.parent
            below = [test for test in self.test_files if test.is_relative_to(folder)]
        yield from ((test, MIRROR) for test in below)

    def _of_source(self, file: Path) -> Iterator[tuple[Path, int]]:
        yield from self._mirrored(file)
        steps = self._steps_to(self._modules(file))
        for test in self.test_files:
            found = [steps[module] for module in self._imported(test) if module in steps]
            if found:
                yield test, 1 + min(found)

    def _mirrored(self, file: Path) -> Iterator[tuple[Path, int]]:
        """Tests in the folder that has the place of the file's: first those that bear its name."""
        folder = TESTS / "unit" / file.parent.relative_to(SOURCE)
        while not (self.root / folder).is_dir():
            folder = folder.parent
        if folder == TESTS / "unit":
            return
        for test in self.test_files:
            if test.is_relative_to(folder):
                yield test, 0 if test.stem.startswith(f"test_{file.stem}") else MIRROR

    def _modules(self, file: Path) -> set[str]:
        """The module in a file; for data, the modules beside it that name it, else all beside it."""
        parts = file.with_suffix("").relative_to("src").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if file.suffix == ".py" and name in self._graph:
            return {name}
        folder = file.parent
        while not (self.root / folder / "__init__.py").is_file() and folder != SOURCE:
            folder = folder.parent
        beside = {
            ".".join(
                (*folder.relative_to("src").parts, *([] if each.stem == "__init__" else [each.stem]))
            ): each
            for each in (self.root / folder).glob("*.py")
        }
        naming = {name for name, each in beside.items() if file.name in each.read_text("utf-8")}
        return naming or set(beside)

    def _steps_to(self, modules: set[str]) -> dict[str, int]:
        """Module → how many imports lead from it to one of the modules."""
        steps, left = dict.fromkeys(modules, 0), deque(modules)
        while left:
            module = left.popleft()
            for importer in self._graph.get(module, ()):
                if importer not in steps:
                    steps[importer] = steps[module] + 1
                    left.append(importer)
        return steps

    @cached_property
    def _graph(self) -> Mapping[str, set[str]]:
        """Module → those that import it, or write its name as what is loaded when it is needed."""
        graph = grimp.build_graph(PACKAGE, cache_dir=None)  # a kept one can name modules that are gone
        importers = {name: set(graph.find_modules_that_directly_import(name)) for name in graph.modules}
        for name in graph.modules:
            file = self.root / "src" / Path(*name.split("."))
            file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
            for written in _WRITTEN.findall(file.read_text("utf-8")):
                if written in importers and written != name:
                    importers[written].add(name)
        return importers

    def _imported(self, test: Path) -> frozenset[str]:
        """The modules of the package that a test imports, itself or by what it shares with others."""
        if test not in self._imports:
            self._imports[test] = frozenset()  # against going round
            found = set(self._direct(test))
            conftest = test.parent / "conftest.py"
            if test.parent != TESTS and (self.root / conftest).is_file() and test != conftest:
                found |= self._imported(conftest)
            self._imports[test] = frozenset(found)
        return self._imports[test]

    def _direct(self, test: Path) -> Iterator[str]:
        for node in ast.walk(ast.parse(self._text(test))):
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
            else:
                continue
            for name in names:
                helper = TESTS / Path(*name.split(".")).with_suffix(".py")
                if name in self._graph:
                    yield name
                elif (self.root / helper).is_file():
                    yield from self._imported(helper)

    def _text(self, test: Path) -> str:
        return (self.root / test).read_text("utf-8")
