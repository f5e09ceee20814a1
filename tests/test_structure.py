"""The house is built as its plan says: who may import whom, and where the effects are."""

import ast
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from sample import ROOT

LAYERS = (
    *("values", "patterns", "problems", "model", "files", "memo", "fingerprints"),
    *("reading", "briefing", "site", "build", "outlets", "cli"),
)
PURE = frozenset(LAYERS[: LAYERS.index("outlets")])
EFFECTFUL_MODULES = frozenset(
    {
        "asyncio",
        "concurrent",
        "glob",
        "http",
        "importlib",
        "io",
        "locale",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
    }
    | {"platform", "random", "secrets", "shutil", "signal", "socket", "subprocess", "tempfile", "threading", "time"}
    | {"urllib.request", "uuid"}
)
EFFECTFUL_CALLS = frozenset({"open", "print", "input", "breakpoint", "exec", "eval", "__import__"})
CALLED_FOR_A_REASON = {
    "builder.values": {"exec"}  # of a constructor that it has written, as Python's dataclasses do
}
EFFECTFUL_NAMES = frozenset({"FileSystemLoader", "PackageLoader", "ModuleLoader", "FileSystemBytecodeCache"})
CLOCK = frozenset({"now", "utcnow", "today", "fromtimestamp"})
STREAMS = frozenset({"stdin", "stdout", "stderr", "argv", "exit"})

Sources = Mapping[str, str]
Rule = Callable[[Sources], list[str]]


def modules_in(folder: Path) -> dict[str, str]:
    """Dotted name → source of each module of the package at `folder`; a package's own name is its `__init__`."""
    modules = {}
    for file in sorted(folder.rglob("*.py")):
        name = ".".join(file.relative_to(folder.parent).with_suffix("").parts)
        modules[name.removesuffix(".__init__")] = file.read_text(encoding="utf-8")
    return modules


BUILDER = modules_in(ROOT / "builder")
TESTS = modules_in(ROOT / "tests")


def layer_of(module: str) -> str:
    """The first name after `builder`; the two ways to start the command, and the parts of it, are one layer."""
    name = module.split(".")[1] if "." in module else ""
    return "cli" if name == "__main__" or name.startswith("cli_") else name


def imports_of(module: str, sources: Sources) -> Iterator[tuple[int, str]]:
    """Line and dotted name of what a module imports, the relative names made absolute."""
    package = module.split(".") if _is_package(module, sources) else module.split(".")[:-1]
    for node in ast.walk(ast.parse(sources[module])):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*up, *filter(None, [node.module])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield node.lineno, full if full in sources else base


def _is_package(module: str, sources: Sources) -> bool:
    return any(other.startswith(f"{module}.") for other in sources)


def wrong_ways_up(sources: Sources) -> list[str]:
    """Imports from a higher layer than a module's own."""
    rank = {"": -1} | {layer: number for number, layer in enumerate(LAYERS)}
    faults = [f"{module} is in no layer" for module in sources if layer_of(module) not in rank]
    for module in sources:
        for line, target in imports_of(module, sources):
            if target.split(".")[0] == "builder" and rank.get(layer_of(target), 99) > rank.get(layer_of(module), 99):
                faults.append(f"{module}:{line} imports {target}, which is above it")
    return faults


def circles(sources: Sources) -> list[str]:
    """The first circle of imports, if there is one."""
    graph = {module: {target for _, target in imports_of(module, sources) if target in sources} for module in sources}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" → ".join(reversed(error.args[1]))]
    return []


def hidden_imports(sources: Sources) -> list[str]:
    """Imports inside functions, but for those of `cli`, where a command imports its own outlet."""
    return [
        f"{module}:{node.lineno} imports inside {function.name}"
        for module, source in sources.items()
        if layer_of(module) != "cli"
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def effects(sources: Sources) -> list[str]:
    """Files, clocks, environments, processes and randomness in the layers that are to have none."""
    faults = []
    for module in sources:
        if layer_of(module) not in PURE:
            continue
        for line, target in imports_of(module, sources):
            if target in EFFECTFUL_MODULES or target.split(".")[0] in EFFECTFUL_MODULES:
                faults.append(f"{module}:{line} imports {target}")
        for node in ast.walk(ast.parse(sources[module])):
            match node:
                case ast.Call(func=ast.Name(id=name)) if name in EFFECTFUL_CALLS - CALLED_FOR_A_REASON.get(
                    module, set()
                ):
                    faults.append(f"{module}:{node.lineno} calls {name}")
                case ast.Name(id=name) | ast.alias(name=name) if name in EFFECTFUL_NAMES:
                    faults.append(f"{module}:{node.lineno} names {name}")
                case ast.Attribute(value=ast.Name(id="sys"), attr=name) if name in STREAMS:
                    faults.append(f"{module}:{node.lineno} uses sys.{name}")
                case ast.Attribute(attr=name, value=ast.Name(id="datetime" | "date") | ast.Attribute()) if (
                    name in CLOCK
                ):
                    faults.append(f"{module}:{node.lineno} asks the clock: {name}")
    return faults


LONG_FOR_A_REASON = {"builder.model": "a glossary: nouns without behaviour, of use because they stand in one place"}


def long_files(sources: Sources) -> list[str]:
    """Files of more lines than a reader can hold in mind."""
    lengths = {module: len(source.splitlines()) for module, source in sources.items()}
    return [
        f"{module} has {length} lines"
        for module, length in lengths.items()
        if length > 300 and module not in LONG_FOR_A_REASON
    ]


def mute_tests(sources: Sources) -> list[str]:
    """Tests that say neither in their name (four words or more) nor in a docstring what holds."""
    return [
        f"{module}.{node.name}"
        for module, source in sources.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if len(node.name.split("_")) < 5 and not ast.get_docstring(node)
    ]


def test_each_module_imports_from_its_own_layer_or_a_lower_one() -> None:
    assert wrong_ways_up(BUILDER) == []


def test_no_imports_run_in_a_circle() -> None:
    assert circles(BUILDER) == []


def test_no_import_is_hidden_inside_a_function() -> None:
    assert hidden_imports(BUILDER) == []


def test_nothing_below_the_outlets_touches_the_world() -> None:
    assert effects(BUILDER) == []


def test_no_file_is_longer_than_a_reader_can_hold_in_mind() -> None:
    assert long_files(BUILDER) == []


def test_every_test_says_what_holds() -> None:
    assert mute_tests(TESTS) == []


@pytest.mark.parametrize(
    ("rule", "sources", "finding"),
    [
        (
            wrong_ways_up,
            {"builder.model": "from builder.site import pages"},
            "builder.model:1 imports builder.site, which",
        ),
        (wrong_ways_up, {"builder.model": "import builder.build"}, "builder.model:1 imports builder.build, which"),
        (wrong_ways_up, {"builder.reading.seed": "from .. import cli", "builder.cli": ""}, "builder.reading.seed:1"),
        (wrong_ways_up, {"builder.utils": ""}, "builder.utils is in no layer"),
        (
            circles,
            {"builder.site.a": "from . import b", "builder.site.b": "import builder.site.a"},
            "builder.site.a → ",
        ),
        (hidden_imports, {"builder.build": "def build():\n    import json"}, "builder.build:2 imports inside build"),
        (effects, {"builder.memo": "import os.path"}, "builder.memo:1 imports os.path"),
        (effects, {"builder.site.pages": "from pathlib import Path"}, "builder.site.pages:1 imports pathlib"),
        (effects, {"builder.build": "x = open('f')"}, "builder.build:1 calls open"),
        (
            effects,
            {"builder.build": "import datetime\nx = datetime.datetime.now()"},
            "builder.build:2 asks the clock: now",
        ),
        (
            effects,
            {"builder.build": "from datetime import date\nx = date.today"},
            "builder.build:2 asks the clock: today",
        ),
        (effects, {"builder.build": "import sys\nsys.stderr.write('')"}, "builder.build:2 uses sys.stderr"),
        (effects, {"builder.site.render": "from jinja2 import FileSystemLoader"}, "builder.site.render:1 names File"),
        (long_files, {"builder.cli": "\n" * 301}, "builder.cli has 301 lines"),
        (mute_tests, {"tests.test_x": "def test_resolve_2(): ..."}, "tests.test_x.test_resolve_2"),
    ],
)
def test_each_rule_sees_what_breaks_it(rule: Rule, sources: Sources, finding: str) -> None:
    (found,) = rule(sources)
    assert found.startswith(finding)


@pytest.mark.parametrize(
    "sources",
    [
        {"builder.cli": "def serve():\n    from builder.outlets import serve", "builder.outlets.serve": "import os"},
        {
            "builder.site.urls": "from urllib.parse import quote\nimport posixpath",
            "builder.build": "from .site import urls",
        },
    ],
)
def test_no_rule_sees_what_is_allowed(sources: Sources) -> None:
    assert [finding for rule in (wrong_ways_up, circles, hidden_imports, effects) for finding in rule(sources)] == []
