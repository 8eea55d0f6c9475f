"""Whoever runs the tests can read which of them only a switch asks for."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKED = re.compile(
    r"""os\.environ\.get\(\s*"([A-Z_]+)"|"([A-Z_]+)" (?:not )?in os\.environ""", re.MULTILINE
)
# Of the machine or of a part of a test that runs as a process of its own.
NO_SWITCHES = {"DAGSTER_HOME"}


def switches():
    """Return the variables of the environment that tests ask for, each with a file that does."""
    return {
        name: path.relative_to(ROOT)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for found in ASKED.findall(path.read_text())
        for name in found
        if name and name not in NO_SWITCHES
    }


def test_every_switch_of_the_tests_is_in_the_table_of_contributing():
    table = "\n".join(
        line for line in (ROOT / "CONTRIBUTING.md").read_text().splitlines() if line[:2] == "| "
    )
    found = switches()
    assert {"ERASE_EVERYWHERE", "EDITIONS", "CDNOW_SAMPLE"} <= set(found)
    assert {name: str(path) for name, path in found.items() if f"`{name}=" not in table} == {}
