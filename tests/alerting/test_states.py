"""The state machine of alerts: truth tables by day, and that a day reads nothing after it."""

import random

import pytest

from tests.alerting.machine import ALWAYS, Machine, day

pytestmark = pytest.mark.slow


def run(values, days=None, **rule):
    machine = Machine([rule], days or len(values))
    machine.observe(values)
    machine.build()
    return machine


CASES = {
    "one blip opens nothing where two are asked for": (
        {"min_breaches": 2},
        [0, 12, 0, 12],
        ["ok", "pending", "ok", "pending"],
        [],
    ),
    "the second breach in a row opens": (
        {"min_breaches": 2},
        [12, 12, 12],
        ["pending", "warning", "warning"],
        [(1, "opened", "told")],
    ),
    "a day without a value neither counts nor resets": (
        {"min_breaches": 2},
        [12, None, None, 12],
        ["pending", "no_data", "no_data", "warning"],
        [(3, "opened", "told")],
    ),
    "a day that is not there neither counts nor resets": (
        {"min_breaches": 2},
        [12, ..., 12],
        ["pending", "warning"],
        [(2, "opened", "told")],
    ),
    "between recover and warning a run of breaches ends and nothing opens": (
        {"min_breaches": 2},
        [12, 7, 12],
        ["pending", "ok", "pending"],
        [],
    ),
    "between recover and warning what is open stays open": (
        {},
        [12, 7, 7, 5],
        ["warning", "warning", "warning", "ok"],
        [(0, "opened", "told"), (3, "recovered", "told")],
    ),
    "it is good again only after as many good days as asked for": (
        {"min_oks": 3},
        [12, 0, 0, 7, 0, 0, 0],
        ["warning", "recovering", "recovering", "warning", "recovering", "recovering", "ok"],
        [(0, "opened", "told"), (6, "recovered", "told")],
    ),
    "worse is told at once and better only at the end": (
        {},
        [12, 25, 12, 0],
        ["warning", "critical", "critical", "ok"],
        [(0, "opened", "told"), (1, "worsened", "told"), (3, "recovered", "told")],
    ),
    "what drops out of the data stays open": (
        {},
        [12, ..., ..., ...],
        ["warning", "no_data", "no_data", "no_data"],
        [(0, "opened", "told")],
    ),
    "and is known again when it is back": (
        {},
        [12, ..., ..., 0],
        ["warning", "no_data", "no_data", "ok"],
        [(0, "opened", "told"), (3, "recovered", "told")],
    ),
    "whoever leaves is closed with the reason, and not watched any more": (
        {},
        [12, 12, "left", "left"],
        ["warning", "warning", "closed"],
        [(0, "opened", "told"), (2, "closed", "told")],
    ),
    "whoever leaves with nothing open leaves no event": (
        {},
        [0, "left"],
        ["ok"],
        [],
    ),
    "it is told once more when it has stayed open": (
        {"escalate_after_days": 2},
        [12, 12, 12, 12, 12],
        ["warning"] * 5,
        [(0, "opened", "told"), (2, "escalated", "told")],
    ),
    "another one soon after is not told until the pause is over": (
        {"cooldown_days": 3},
        [12, 0, 12, 12, 12],
        ["warning", "ok", "warning", "warning", "warning"],
        [
            (0, "opened", "told"),
            (1, "recovered", "told"),
            (2, "opened", "cooling_down"),
            (4, "opened", "told"),
        ],
    ),
    "unless it is critical": (
        {"cooldown_days": 5},
        [12, 0, 25],
        ["warning", "ok", "critical"],
        [(0, "opened", "told"), (1, "recovered", "told"), (2, "opened", "told")],
    ),
    "what is inhibited is not looked at": (
        {"min_breaches": 2},
        [12, "held", 12, "held", 0],
        ["pending", "inhibited", "warning", "inhibited", "ok"],
        [(2, "opened", "told"), (4, "recovered", "told")],
    ),
    "a draft tells nobody": (
        {"status": "draft"},
        [12, 0],
        ["warning", "ok"],
        [(0, "opened", "draft"), (1, "recovered", "draft")],
    ),
    "less is worse where the rule says so": (
        {"direction_sign": -1, "warning": 10.0, "critical": 5.0, "recover": 15.0},
        [20, 10, 12, 5, 15],
        ["ok", "warning", "warning", "critical", "ok"],
        [(1, "opened", "told"), (3, "worsened", "told"), (4, "recovered", "told")],
    ),
    "a rule without a critical value has none": (
        {"critical": None},
        [12, 1000],
        ["warning", "warning"],
        [(0, "opened", "told")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_rule_goes_through_its_states(case):
    rule, values, states, events = CASES[case]
    machine = run(values, **rule)
    assert machine.states() == states
    assert machine.events() == events


def silenced(values, first, last, **rule):
    machine = Machine([rule], len(values))
    machine.observe(values)
    machine.silence(first, last)
    machine.build()
    return machine.events()


def test_what_is_silenced_is_told_when_the_silence_ends_if_it_is_still_open():
    assert silenced([12, 12, 12], 0, 1) == [(0, "opened", "silenced"), (2, "opened", "told")]


def test_what_came_and_went_in_a_silence_is_never_told():
    assert silenced([12, 0, 0], 0, 1) == [(0, "opened", "silenced"), (1, "recovered", "skipped")]


def test_an_end_in_a_silence_is_told_after_it_if_the_alert_had_been_told():
    assert silenced([12, 12, 0, 0], 1, 2) == [
        (0, "opened", "told"),
        (2, "recovered", "silenced"),
        (3, "recovered", "told"),
    ]


def test_a_rule_that_ends_closes_what_it_has_open_whether_it_is_in_the_data_or_not():
    machine = Machine([{"valid_to": day(2)}], 5)
    machine.observe([12, 12], entity="a")
    machine.observe([12, ...], entity="b")
    machine.build()
    assert machine.events()[2:] == [(2, "closed", "told"), (2, "closed", "told")]
    assert machine.states("b") == ["warning", "no_data", "closed"]


def test_a_critical_alert_passes_quiet_days_and_no_silence():
    # The first day is a Monday, whose morning after is a Tuesday.
    events = {}
    for value in (12, 25):
        machine = Machine([{}], 2)
        machine.observe([value, value])
        machine.add("alert_mute_times", {"route": "team", "weekday": 2, **ALWAYS})
        machine.build()
        events[value] = machine.events()
    assert events[12] == [(0, "opened", "muted"), (1, "opened", "told")]
    assert events[25] == [(0, "opened", "told")]
    assert silenced([25], 0, 0) == [(0, "opened", "silenced")]


def test_a_rule_that_is_open_keeps_another_one_of_the_same_thing_from_being_told():
    machine = Machine([{"rule": "parent"}, {"rule": "child"}], 3)
    machine.observe([12, 12, 0], rule="parent")
    machine.observe([12, 12, 12], rule="child")
    machine.observe([12, 12, 12], rule="child", entity="b")
    machine.add(
        "alert_inhibitions",
        {
            "inhibition": "i",
            "kind": "rule",
            "source": "parent",
            "target_rule": "child",
            **ALWAYS,
        },
    )
    machine.build()
    assert machine.events("child") == [
        (0, "opened", "inhibited"),
        (0, "opened", "told"),
        (2, "opened", "told"),
    ]


def test_a_rule_that_fires_for_a_fifth_of_the_accounts_is_told_once_and_the_rest_is_held():
    machine = Machine([{}], 4)
    for number in range(40):
        # Nine of 40 on the first two days, four afterwards.
        bad = [12, 12, 12, 12] if number < 4 else [12, 12, 0, 0] if number < 9 else [0] * 4
        machine.observe(bad, entity=f"a{number:02}")
    machine.build()
    events = machine.events()
    assert [event for event in events if event[1] == "storm"] == [(0, "storm", "told")]
    assert events.count((0, "opened", "held")) == 9
    # Whoever is still open when it is over is told; whoever is not was never told.
    assert events.count((2, "opened", "told")) == 4
    assert events.count((2, "recovered", "skipped")) == 5


def test_eight_of_forty_is_no_storm():
    machine = Machine([{}], 1)
    for number in range(40):
        machine.observe([12 if number < 8 else 0], entity=f"a{number:02}")
    machine.build()
    assert machine.events() == [(0, "opened", "told")] * 8


def at_random(chance):
    rules = [
        {
            "rule": f"r{number}",
            "grain": chance.choice(["account", "segment"]),
            "min_breaches": chance.randint(1, 3),
            "min_oks": chance.randint(1, 3),
            "cooldown_days": chance.choice([0, 2, 6]),
            "escalate_after_days": chance.choice([None, 1, 4]),
            "value_stands_days": chance.choice([1, 3]),
            "critical": chance.choice([None, 20.0]),
            "valid_to": chance.choice([RETIRED, ALWAYS["valid_to"]]),
        }
        for number in range(3)
    ]
    machine = Machine(rules, 24)
    for rule in rules:
        for number in range(8):
            values = chance.choices(
                [0, 4, 7, 12, 12, 25, None, ..., "held"], k=chance.randint(10, 24)
            )
            if chance.random() < 0.3:
                values = [*values[:-3], *["left"] * min(3, len(values))]
            machine.observe(
                values[: 24 - (start := chance.randint(0, 4))],
                entity=f"a{number}",
                rule=rule["rule"],
                start=start,
            )
    for _ in range(3):
        first = chance.randint(0, 20)
        machine.silence(
            first,
            first + chance.randint(0, 5),
            chance.choice([None, "a1"]),
            f"r{chance.randint(0, 2)}",
        )
    machine.add("alert_mute_times", {"route": "team", "weekday": chance.randint(1, 7), **ALWAYS})
    row = {"inhibition": "i", "kind": "rule", "source": "r0", "target_rule": "r1", **ALWAYS}
    machine.add("alert_inhibitions", row)
    return machine


RETIRED = day(18)


@pytest.mark.parametrize("seed", range(6))
def test_at_once_and_step_by_step_are_the_same_rows(seed):
    chance = random.Random(seed)
    machine = at_random(chance)
    machine.build()
    whole = {
        t: machine.ask(f"from {t} order by all") for t in ("fct_alert_states", "fct_alert_events")
    }
    ends = sorted({*chance.sample(range(1, 23), chance.randint(3, 15)), 23})
    machine.build_step_by_step(ends)
    for table, rows in whole.items():
        assert machine.ask(f"from {table} order by all") == rows, table
    assert len(whole["fct_alert_events"]) > 20


@pytest.mark.parametrize("seed", range(4))
def test_laws_of_every_history(seed):
    machine = at_random(random.Random(100 + seed))
    machine.build()
    # An alert that is open has opened; what is open today and was not yesterday has an event.
    assert machine.ask("select * from fct_alert_states where is_open and opened_on is null") == []
    # Nobody hears of an end who did not hear of the alert.
    assert machine.ask(
        "select alert_id from fct_alert_events where event in ('recovered', 'closed') "
        "and decision = 'told' and alert_id not in (select alert_id from fct_alert_events "
        "where event = 'opened' and decision = 'told')"
    ) == []  # fmt: skip
    # An alert is told once for each kind of event.
    assert machine.ask(
        "select alert_id, event from fct_alert_events where decision = 'told' and event != "
        "'worsened' group by all having count(*) > 1"
    ) == []  # fmt: skip
    # Between two days with an open alert there is no day without one.
    assert machine.ask(
        "select * from (select *, lead(alert_date) over (partition by rule, entity_id order by "
        "alert_date) as next_date from fct_alert_states) "
        "where is_open and next_date > alert_date + 1"
    ) == []  # fmt: skip
    # The account balances.
    assert machine.ask(
        "select rule, alert_date, sum(is_open::int) - sum(was_open::int) - sum((is_open and not "
        "was_open)::int) + sum((was_open and not is_open)::int) as rest from fct_alert_states "
        "group by all having rest != 0"
    ) == []  # fmt: skip
