"""Every literal window of a table of days is as long as `in_rebuild_window` lets inputs reach back.

Too short a reach gives wrong rows on the first days of a later run and right ones in a full build.
What is read here is text: that a window rests on the right one of several inputs, and windows
that no literal says, only a build in any order proves (`tests/any_order`).
"""

import re
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[2] / "dbt_project" / "models"

# between 27 preceding, between interval 27 days preceding; and interval 27 days following
FRAME = re.compile(r"between (?:interval )?(\d+)(?: days)? preceding")
FRAME_AHEAD = re.compile(r"and (?:interval )?(\d+)(?: days)? following")
# between dates.date_day - 27 and dates.date_day; date_day - interval 27 days
RANGE = re.compile(r"between [\w.]+ - (?:interval )?(\d+)(?: days)? and")
# = earlier.activity_date + 28: the day so many days before, so one more than a window of as many.
COMPARISON = re.compile(r"= [\w.]+_(?:date|day) \+ (\d+)")
# activity_date + 28: who is seen on a day leaves so many days later, and is in the window until.
EXIT = re.compile(r"(?<!= )(?<![\w.])[\w.]+_(?:date|day) \+ (\d+)")
# for days, sign in [(0, ''), (28, '-')]: entries and exits written by a loop.
EXIT_LOOP = re.compile(r"for days[^\n]* in \[\(.*?\]")
LOOK_BACK = re.compile(r"look_back=(\d+)\)")
COMMENT = re.compile(r"--[^\n]*|\{#.*?#\}", re.DOTALL)

# Model -> what it reaches back although its literals say something else, and why.
OTHER_REACH = {
    "fct_account_health_changes": (7, "asleep measured six days ago, yesterday built again"),
    "fct_account_health_daily": (7, "a leap within seven days, which banded_days looks for"),
    "int_health_scores_daily": (6, "an account asleep was measured up to six days ago"),
    "fct_account_outages": (1, "sessions of the day before go on over midnight"),
    "int_account_features_measured": (91, "whole weeks back to the eve 84 days before"),
    "int_account_usage_weeks": (371, "52 weeks, and the one that they begin in"),
    "fct_account_usage_weekly": (6, "the days of a week that ends on a rebuilt day"),
    "int_active_day_histogram_daily": (27, "a class is left 28 days after the first of its days"),
    "int_active_periods": (31, "the days of a month that ends on a rebuilt day"),
    "int_affected_users_daily": (28, "a day more than 28 days ask for, which changes no row"),
    "int_habit_spans": (56, "a span of 28 days, and who stood at its beginning in 28 before"),
    "int_alert_bands_daily": (0, "all days of scores: a scale may have begun at any time"),
    "int_lifecycle_periods": (31, "the month before the one that ends on a rebuilt day"),
    "int_session_errors_daily": (7, "the longest session of fct_errors_in_sessions"),
    "int_samples_summed_to_days": (1, "a session of the day before names its platform"),
}  # fmt: skip


def is_day_table(text: str) -> bool:
    return "in_rebuild_window(" in text


def reaches(text: str) -> set[int]:
    """Return how many days before a day the literals of a model make it read."""
    text = COMMENT.sub("", text)
    days = [int(n) for pattern in (FRAME, FRAME_AHEAD, RANGE, COMPARISON)
            for n in pattern.findall(text)]  # fmt: skip
    days += [int(n) - 1 for n in EXIT.findall(text)]
    loops = EXIT_LOOP.findall(text)
    days += [int(n) - 1 for loop in loops for n in re.findall(r"\((\d+),", loop)]
    return {day for day in days if day > 0}


def disagreement(name: str, text: str) -> str | None:
    """Return what is wrong with the reach of a model; None where it is right."""
    granted = {int(n) for n in LOOK_BACK.findall(COMMENT.sub("", text))} - {0}
    wanted = reaches(text)
    if name in OTHER_REACH:
        listed, _ = OTHER_REACH[name]
        if max(wanted, default=0) == listed:
            return f"is in OTHER_REACH, but its literals say {listed} as well: take it out"
        wanted = wanted | {listed}
        # A comparison with a day before is no longer the longest reach of the model.
        return None if max(granted, default=0) == listed else (
            f"OTHER_REACH says {listed}, look_back is {sorted(granted)}"
        )  # fmt: skip
    if max(granted, default=0) == max(wanted, default=0) and granted <= wanted:
        return None
    return (
        f"windows reach back {sorted(wanted)} days, look_back is {sorted(granted)}: a window of W "
        "days needs look_back=W - 1, a comparison with W days before look_back=W; a reason for "
        "another reach goes into OTHER_REACH"
    )


def test_every_window_of_a_table_of_days_has_the_look_back_that_it_needs():
    texts = {path.stem: path.read_text() for path in sorted(MODELS.rglob("*.sql"))}
    tables = {name: text for name, text in texts.items() if is_day_table(text)}
    assert len(tables) > 50
    assert set(OTHER_REACH) <= set(tables)
    wrong = {name: found for name, text in tables.items() if (found := disagreement(name, text))}
    assert wrong == {}


def model(reach, *lines):
    where = (
        f"in_rebuild_window('activity_date', look_back={reach})"
        if reach
        else "in_rebuild_window('a')"
    )
    return "\n".join([f"days as (select * from x where {{{{ {where} }}}}),", *lines])


FRAME_OF_28 = "range between interval 27 days preceding and current row"
LEAVES = "    activity_date + 28 as change_date,"
LAST_MONTH = "    and now.activity_date = before.activity_date + 28"


@pytest.mark.parametrize(
    ("reach", "lines"),
    [
        (27, [FRAME_OF_28]),
        (27, ["rows between 27 preceding and current row"]),
        (27, ["range between current row and interval 27 days following"]),
        (55, [FRAME_OF_28,
              "range between interval 55 days preceding and interval 28 days preceding"]),
        (27, ["on d.activity_date between b.date_day - 27 and b.date_day"]),
        (27, ["where day between date_day - interval 27 days and date_day"]),
        (27, [LEAVES]),
        (28, [LAST_MONTH]),
        (27, ["{% for days, sign in [(0, ''), (28, '-')] %}"]),
        (0, ["    end_date + 1 as next_date"]),
        (0, ["rows between unbounded preceding and 1 preceding"]),
        (0, ["-- the 28 days: range between interval 27 days preceding and current row"]),
    ],
)  # fmt: skip
def test_a_model_with_the_right_reach_passes_and_one_day_less_or_more_does_not(reach, lines):
    assert disagreement("fct_planted", model(reach, *lines)) is None
    for other in {reach - 1, reach + 1, 0, 400} - {reach, -1}:
        assert disagreement("fct_planted", model(other, *lines)), other


def test_a_second_input_may_not_reach_to_where_no_window_is():
    right = model(27, FRAME_OF_28)
    assert disagreement("fct_planted", right + model(13)) is not None
    assert disagreement("fct_planted", right + model(27)) is None


def test_an_exception_that_is_none_any_more_is_named():
    name, (reach, _) = next(iter(OTHER_REACH.items()))
    assert "take it out" in disagreement(name, model(reach, f"rows between {reach} preceding and"))
    assert "OTHER_REACH says" in disagreement(name, model(reach - 1))
