"""The seeds of plays fit the models that read them."""

import csv
import re
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "dbt_project"


def rows(seed):
    with (PROJECT / "seeds" / f"{seed}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_trigger_is_found_by_a_rule_and_calls_for_a_play():
    model = (PROJECT / "models/intermediate/plays/int_play_triggers.sql").read_text()
    found = set(re.findall(r"when '(\w+)'", model))
    named = {row["trigger_kind"] for row in rows("play_triggers")}
    assert found == named
    assert {row["trigger_kind"] for row in rows("playbooks")} == named


def test_every_play_that_ships_can_be_used_and_measured():
    for play in rows("playbooks"):
        assert 0 < float(play["holdout_share"]) < 1, play["play"]
        assert play["primary_outcome"] in ("churn", "usage"), play["play"]
        assert int(play["minutes"]) > 0, play["play"]
        assert play["salt"], play["play"]


def test_the_most_pressing_plays_come_first_and_no_two_at_once():
    priorities = [int(play["priority"]) for play in rows("playbooks")]
    assert priorities == sorted(set(priorities))
