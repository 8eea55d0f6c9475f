"""The doctor explains words by the rule of the warehouse."""

import re
from pathlib import Path

from orchestration.doctor.words import NOTHING

UNKNOWN = Path(__file__).parents[2] / "dbt_project/models/staging/run/stg_run__unknown_words.sql"


def test_words_that_say_nothing_are_those_of_the_warehouse():
    [listed] = re.findall(r"folded_word not in \((.*?)\)", UNKNOWN.read_text(), re.DOTALL)
    assert re.findall(r"'(\w*)'", listed) == list(NOTHING)
