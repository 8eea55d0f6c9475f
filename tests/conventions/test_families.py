"""What the project says where a member of a family lacks its file, its entry or its line.

The macro runs by itself, on a graph as dbt shows it when it executes. What is not here: whether the
lists are complete now, which is asked in ``test_layers``.
"""

from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from jinja2 import Environment

PROJECT = Path(__file__).parents[2] / "dbt_project"
MACRO = (PROJECT / "macros/family_members.sql").read_text()
ENTRY = {"kind": "count", "source": "product_events"}


class CompilerError(Exception):
    """What dbt raises."""


class Returned(Exception):
    """What a macro returns, as it ends there."""


def raised(error, *arguments):
    """Raise it, as a macro can only call."""
    raise error(*arguments)


def members(*files, names, execute=True):
    """Return what the macro says of a family of metrics with these files."""
    nodes = {f"model.customer_health.{file.name}": file for file in files}
    environment = Environment(extensions=["jinja2.ext.do"])
    environment.globals.update(
        {"execute": execute, "graph": SimpleNamespace(nodes=nodes)},
        exceptions=SimpleNamespace(raise_compiler_error=lambda text: raised(CompilerError, text)),
        **{"return": lambda value: raised(Returned, value)},
    )
    macro = environment.from_string(MACRO).module.family_members
    with pytest.raises(Returned) as returned:
        macro("metric", "metrics", names, ["kind", "source"])
    return returned.value.args[0]


def file(name, meta=ENTRY):
    """Return a metric in the graph; without meta it has no entry."""
    return SimpleNamespace(
        name=f"metric_{name}",
        resource_type="model",
        fqn=["customer_health", "marts", "metrics", "activity", f"metric_{name}"],
        original_file_path=f"models/marts/metrics/activity/metric_{name}.sql",
        patch_path=meta and "customer_health://models/marts/metrics/activity/_metrics.yml",
        config=SimpleNamespace(meta=meta or {}),
    )


def test_members_come_in_the_order_of_the_list_with_all_that_their_entry_says():
    found = members(file("dau"), file("mau", {**ENTRY, "kind": "ratio"}), names=["mau", "dau"])
    assert [(member["name"], member["kind"], member["folder"]) for member in found] == [
        ("mau", "ratio", "activity"),
        ("dau", "count", "activity"),
    ]


def test_before_dbt_knows_the_graph_the_list_names_what_the_union_reads():
    assert members(names=["mau", "dau"], execute=False) == [{"name": "mau"}, {"name": "dau"}]


@pytest.mark.parametrize(
    ("files", "names", "said"),
    [
        (
            [file("dau"), file("mau")],
            ["dau"],
            "models/marts/metrics/activity/metric_mau.sql is not in the list `metrics` of "
            "dbt_project.yml, so nothing reads it: add mau to the list",
        ),
        (
            [file("dau", None)],
            ["dau"],
            "models/marts/metrics/activity/metric_dau.sql has no entry in the YAML of its "
            "folder: add `- name: metric_dau` there",
        ),
        (
            [file("dau", {"kind": "count"})],
            ["dau"],
            "The entry of metric_dau in models/marts/metrics/activity/_metrics.yml has no "
            "`source` in its meta; a metric needs kind, source",
        ),
    ],
    ids=["no line in the list", "no entry", "half an entry"],
)
def test_a_member_that_lacks_something_stops_the_compiler_which_names_file_and_rule(
    files, names, said
):
    with pytest.raises(CompilerError) as error:
        members(*files, names=names)
    assert said in str(error.value)


def test_an_entry_without_a_file_is_an_error_of_dbt_and_no_warning():
    flags = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["flags"]
    assert "NoNodeForYamlKey" in flags["warn_error_options"]["error"]
