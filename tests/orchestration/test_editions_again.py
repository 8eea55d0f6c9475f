"""Two editions of a company that is at work, and the first of them made again afterwards.

Each is a whole run of minutes, so they are made where somebody asks: ``EDITIONS=yes``.
"""

import os
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb
import pytest

from orchestration.assets.editions import edition_assets
from orchestration.resources import resources
from tests.conftest import run_job, settings_in

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(not os.environ.get("EDITIONS"), reason="asked for with EDITIONS=yes"),
]
FIRST, SECOND = date(2026, 10, 18), date(2026, 10, 25)
# What is told depends on when it is told, and a brief names its run. Before the very first run
# nobody had been drawn for a play, so its page of plays and the list of facts know of no draw.
NOT_COMPARED = ("outbox", "push", "briefs", "facts.json")
FIRST_DRAWS = "dashboard/actions.html"


@pytest.fixture(scope="module")
def settings(tiny_company, tmp_path_factory):
    """Return the settings of a company of which both editions were made, one after the other."""
    folder = tmp_path_factory.mktemp("editions")
    of_first = replace(settings_in(folder, tiny_company.landing), as_of=FIRST)
    for settings in (of_first, replace(of_first, as_of=SECOND)):
        made = run_job(settings)
        assert made.exit_code == 0, "\n".join(made.lines)
    return replace(of_first, as_of=SECOND)


def test_the_second_edition_says_what_became_of_the_list_of_the_first(settings):
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        printed = connection.execute(
            "select account_id, status from raw.published_actions where status in "
            "('worked', 'deferred', 'held_out') and action_date = "
            f"(select max(action_date) from raw.published_actions where action_date <= '{FIRST}') "
            "order by all"
        ).fetchall()
        followed = connection.execute(
            "select account_id, recommended_as, was_printed, as_of_date "
            "from reports.rpt_action_follow_up order by all"
        ).fetchall()
    assert printed
    assert [row[:2] for row in followed] == printed
    assert {row[2:] for row in followed} == {(True, SECOND)}


def test_the_first_edition_made_again_has_the_same_bytes(settings):
    (weekly,) = [one for one in edition_assets(ZoneInfo("UTC")) if one.key.path[-1] == "weekly"]
    monday = (FIRST - timedelta(days=6)).isoformat()
    assert dg.materialize([weekly], partition_key=monday, resources=resources(settings)).success
    then = settings.reports / FIRST.isoformat()
    again = settings.reports / "editions" / "weekly" / FIRST.isoformat()
    assert contents(again)
    assert {name for name, text in contents(then).items() if contents(again).get(name) != text} <= {
        FIRST_DRAWS
    }


def contents(folder):
    """Return every file of an edition with its bytes, but for what may differ."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in NOT_COMPARED
    }
