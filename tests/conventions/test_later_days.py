"""What a later run asks: it builds first what says which days are built anew, then the rest."""

from tests.conventions.manifest import manifest

WINDOW = "rebuild_window"


def built_first(nodes, parents):
    """Return what is built before the tables of days, with all that it reads."""
    found = {name for name, node in nodes.items() if WINDOW in node["tags"]}
    waiting = list(found)
    while waiting:
        new = {parent for parent in parents[waiting.pop()] if parent in nodes} - found
        found |= new
        waiting += new
    return found


def test_no_rule_is_about_tables_of_both_builds_as_none_of_them_would_ask_it():
    nodes = manifest()["nodes"]
    first = built_first(nodes, manifest()["parent_map"])
    seeds = {name for name, node in nodes.items() if node["resource_type"] == "seed"}
    assert len(first) > 30
    wrong = {}
    for test in nodes.values():
        if test["resource_type"] != "test" or "formula" in test["tags"]:
            continue
        asked = set(test["depends_on"]["nodes"])
        parts = [
            part for part in (seeds, first - seeds, set(nodes) - first - seeds) if part & asked
        ]
        if len(parts) > 1:
            wrong[test["name"]] = sorted(asked)
    assert wrong == {}


def test_no_table_of_days_reads_the_window_from_another_table():
    readers = {
        child
        for name, children in manifest()["child_map"].items()
        if name.endswith((".int_rebuild_window", ".int_first_affected_days"))
        for child in children
        if child.startswith("model.") and not child.endswith(".int_rebuild_window")
    }
    assert readers == set()
