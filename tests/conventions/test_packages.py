"""Which part of ``orchestration`` may use which: no two use each other, and few know Dagster."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "orchestration"
# Dagster's parts; what runs a job in this process, and tells Dagster what dbt has built.
KNOW_DAGSTER = {
    *("definitions", "jobs", "schedules", "sensors", "resources", "dagster_instance"),
    *(
        "event_log",
        "in_process_run",
        "assets",
        "checks",
        "execution",
        "private_interfaces",
        "dbt_runner",
    ),
}


def part_of(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(text):
    """Return the modules that a text imports, wherever in it that stands."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def users():
    """Return what each part imports: the parts, and ``dagster``."""
    used = {}
    for path in sorted(ROOT.rglob("*.py")):
        modules = set(imported(path.read_text()))
        parts = {name.split(".")[1] for name in modules if name.startswith("orchestration.")}
        frameworks = {"dagster"} & {name.split(".")[0] for name in modules}
        used.setdefault(part_of(path), set()).update(parts - {part_of(path)} | frameworks)
    return used


def circle(used):
    """Return a list of parts that use each other in a circle; None where there is none."""
    try:
        TopologicalSorter(used).prepare()
    except CycleError as error:
        return error.args[1]
    return None


def test_no_two_parts_use_each_other():
    assert circle(users()) is None, "move what both need below them"


def test_a_circle_is_seen():
    assert set(circle({"landing": {"warehouse"}, "warehouse": {"landing"}})) == {
        "landing", "warehouse",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["import a.b", "from a.b import c", "def f():\n    import a.b"])
def test_an_import_is_seen_wherever_it_stands(text):
    assert list(imported(text)) == ["a.b"]


def test_what_needs_no_dagster_does_not_know_it():
    knowing = {part for part, used in users().items() if "dagster" in used}
    assert knowing <= KNOW_DAGSTER, "give it what it uses, and leave Dagster to who calls it"
