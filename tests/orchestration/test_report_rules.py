"""What the report says is data: which rule speaks, from when on, in which words and order."""

import csv
import re
from html import unescape

import pytest
from markupsafe import Markup

from orchestration.reporting.facts import FactBook
from orchestration.reporting.page import Page
from orchestration.reporting.reading import read_tables
from orchestration.reporting.sentences.summary import findings
from tests.orchestration.findings import SEED, let_rules_speak
from tests.orchestration.page_facts import wrong_facts
from tests.orchestration.report_tables import AS_OF, BEFORE, HOSTILE, add, company
from tests.orchestration.test_report_facts import plain

RULE = {
    "rule": "own", "is_used": "true", "kind": "change", "theme": "own", "priority": "5",
    "about": "metric", "measure": "own_metric", "looks_at": "change", "comparison": "at_least",
    "threshold": "2", "least_relative_change": "0.1", "size_of": "", "minimum_size": "20",
    "revenue_of": "", "what": "Own metric: {measure_value|by_unit}.", "so_what": "",
    "page": "index.html", "link": "More", "author": "us",
}  # fmt: skip


@pytest.fixture(scope="module")
def whole():
    return company()


@pytest.fixture
def tables(whole):
    """The company, as it was before each test."""
    whole.execute("begin")
    yield whole
    whole.execute("rollback")


def let_speak(tables, tmp_path, *rules):
    place = tmp_path / "report_rules.csv"
    with place.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(RULE))
        writer.writeheader()
        writer.writerows(RULE | rule for rule in rules)
    let_rules_speak(tables, place)


def metric(tables, now, before, size=20.0, name="own_metric"):
    add(tables, "rpt_metric_scorecard", metric=name, label="own metric", unit="tickets",
        status="ok", metric_value=now, earlier_value=before, sample_size=size,
        earlier_date=BEFORE)  # fmt: skip


def status(tables, rule="own"):
    query = "select status from reports.rpt_report_findings where rule = ?"
    return tables.execute(query, [rule]).fetchone()[0]


def statements(tables):
    # What is likely stands below what the rules say, and is none of theirs.
    tables.execute("delete from reports.rpt_outlook_revenue")
    said = findings(Page(AS_OF, read_tables(tables, AS_OF), None, FactBook("EUR")))
    marked = [Markup("{} {}").format(one.what, one.so_what) for one in said]
    assert wrong_facts("".join(marked), tables) == []
    assert not [one for one in marked if HOSTILE in one]
    return [unescape(plain(one)) for one in marked]


@pytest.mark.parametrize(
    ("now", "before", "size", "said"),
    [
        (12.0, 10.0, 20.0, "told"),
        (11.9, 10.0, 20.0, "not_met"),
        (42.0, 40.0, 20.0, "not_material"),
        (12.0, 10.0, 19.0, "too_few"),
        (12.0, 10.0, None, "too_few"),
        (12.0, None, 20.0, "not_measured"),
        (None, 10.0, 20.0, "not_measured"),
    ],
)
def test_a_rule_speaks_past_its_threshold_where_it_is_material_and_rests_on_enough(
    now, before, size, said, tables, tmp_path
):
    let_speak(tables, tmp_path, {})
    metric(tables, now, before, size)
    assert status(tables) == said
    assert ("Own metric: 12." in " ".join(statements(tables))) == (said == "told")


def test_a_rule_about_what_nobody_measures_is_named_and_the_report_goes_on(tables, tmp_path):
    other = {"rule": "other", "about": "portfolio", "looks_at": "value", "what": "Some.",
             "measure": "customer_count", "minimum_size": "",
             "least_relative_change": ""}  # fmt: skip
    let_speak(tables, tmp_path, {}, other)
    assert status(tables) == "no_such_measure"
    assert status(tables, "other") == "told"


def test_nothing_material_is_said_where_no_change_is_and_never_beside_one(tables, tmp_path):
    quiet = {"kind": "otherwise", "rule": "quiet", "about": "portfolio", "theme": "change",
             "measure": "customer_count", "looks_at": "earlier_value", "threshold": "1",
             "minimum_size": "", "least_relative_change": "",
             "what": "**Nothing material changed** since {earlier_date|date}."}  # fmt: skip
    let_speak(tables, tmp_path, quiet, {})
    metric(tables, 11.0, 10.0)
    assert statements(tables)[0].startswith("Nothing material changed since 3 Oct 2026.")
    tables.execute("update reports.rpt_metric_scorecard set metric_value = 20.0 "
                   "where metric = 'own_metric'")  # fmt: skip
    assert "Nothing material" not in " ".join(statements(tables))


def test_the_projects_rules_say_that_nothing_changed_where_nothing_did(tables):
    tables.execute("update reports.rpt_headline_kpis set fact_value = 0 where fact like '%change%' "
                   "or fact like 'moved%' or fact = 'left_count'")  # fmt: skip
    tables.execute("update reports.rpt_metric_comparison set is_unusual = false")
    assert "Nothing material changed since 3 Oct 2026" in statements(tables)[0]
    tables.execute("update reports.rpt_headline_kpis set earlier_value = null")
    assert "Nothing material changed" not in " ".join(statements(tables))


def test_how_a_thing_stands_is_said_only_where_its_theme_has_no_change(tables, tmp_path):
    state = {"rule": "state", "kind": "state", "looks_at": "value", "threshold": "0",
             "least_relative_change": "", "minimum_size": "", "what": "It stands."}  # fmt: skip
    let_speak(tables, tmp_path, {}, state)
    metric(tables, 12.0, 10.0)
    assert (status(tables), status(tables, "state")) == ("told", "left_out")
    tables.execute("update reports.rpt_metric_scorecard set metric_value = 10.0")
    assert (status(tables), status(tables, "state")) == ("not_met", "told")


def test_five_are_said_at_most_two_of_a_theme_and_the_same_words_once(tables, tmp_path):
    rules = [{"rule": f"r{place}", "theme": f"t{place // 4}", "priority": str(place),
              "what": f"Words {min(place, 9)} of it."} for place in range(12)]  # fmt: skip
    let_speak(tables, tmp_path, *rules)
    metric(tables, 12.0, 10.0)
    said = statements(tables)
    assert [one.split(".")[0] for one in said] == [f"Words {n} of it" for n in (0, 1, 4, 5, 8)]
    let_speak(tables, tmp_path, {"rule": "a", "theme": "a"}, {"rule": "b", "theme": "b"})
    assert [status(tables, "a"), status(tables, "b")] == ["told", "left_out"]


def test_of_what_is_as_important_the_one_with_more_revenue_comes_first(tables, tmp_path):
    rule = {"about": "segment", "measure": "mean_health_score", "comparison": "at_most",
            "threshold": "-2", "minimum_size": "5", "least_relative_change": "",
            "what": "{label} fell by {measure_change|points_size}."}  # fmt: skip
    let_speak(tables, tmp_path, rule)
    for name in ("rpt_segment_change_causes", "rpt_segment_health"):
        tables.execute(f"delete from reports.{name}")
    for segment, mrr in (("small", 10), (HOSTILE, 500), ("few", 900)):
        count = 4 if segment == "few" else 5
        add(tables, "rpt_segment_change_causes", dimension="plan", segment=segment, cause="all",
            horizon_days=28, component="all", mean_score_then=50.0, mean_score_now=47.0,
            mean_score_change=-3.0, label="x", effect=-3.0, cause_effect=-3.0, effect_rank=1,
            stayer_count=5, joiner_count=0, leaver_count=0)  # fmt: skip
        add(tables, "rpt_segment_health", dimension="plan", segment=segment, mrr=mrr,
            account_count=count, scored_account_count=count)  # fmt: skip
    said = statements(tables)
    assert len(said) == 2
    assert said[0].startswith("plan is <script>alert(")
    assert said[1].startswith("plan is small fell by 3.0.")


@pytest.mark.parametrize("what", ["{nobody_knows|count}", "{measure_value|colour}", "[no_phrase]"])
def test_a_text_that_cannot_be_said_is_named_and_the_rest_is_said(what, tables, tmp_path):
    good = {"rule": "good", "theme": "b", "priority": "6", "what": "Said."}
    let_speak(tables, tmp_path, {"what": what}, good)
    metric(tables, 12.0, 10.0)
    first, second = statements(tables)
    assert first.startswith("The rule own of report_rules cannot be said.")
    assert second.startswith("Said.")


def test_every_text_of_the_project_can_be_said(tables):
    with SEED.open(newline="") as file:
        rules = list(csv.DictReader(file))
    for rule in rules:
        tables.execute(
            "update seeds.report_rules set is_used = (rule = ?), kind = 'state', "
            "comparison = 'is_missing', looks_at = 'earlier_value'",
            [rule["rule"]],
        )
        if rule["about"] == "metric":
            metric(tables, 12.0, None, name=rule["measure"])
            tables.execute("delete from reports.rpt_metric_scorecard where metric = ? and label "
                           "!= 'own metric'", [rule["measure"]])  # fmt: skip
        assert not [one for one in statements(tables) if "cannot be said" in one], rule["rule"]


def test_no_number_of_a_setting_is_typed_into_a_text():
    with SEED.open(newline="") as file:
        for rule in csv.DictReader(file):
            text = f"{rule['what']} {rule['so_what']}"
            assert not re.search(r"\d", re.sub(r"\{[^}]*\}", "", text)), rule["rule"]
