"""What the daily job delivers of alerts, in the company that all tests share."""

import json
from email import message_from_bytes, policy

from orchestration.warehouse.connection import Warehouse


def ask(built, query):
    with Warehouse.of(built.settings).reading() as connection:
        return connection.execute(query).fetchall()


def test_every_event_that_is_due_is_in_one_file_of_the_outbox(built):
    (day,) = ask(built, "select as_of_date from raw.run_parameters")[0]
    outbox = built.settings.reports / str(day) / "outbox"
    letters = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in outbox.glob("*.eml")
    ]
    posts = [json.loads(path.read_text()) for path in outbox.glob("*.json")]
    sent = ask(
        built,
        "select event_id, channel, audience, message_id from raw.alert_deliveries "
        "where state = 'sent' and event != 'edition'",
    )
    assert sent
    assert len(sent) == len({row[:3] for row in sent})
    assert len({row[3] for row in sent if row[1] == "mail"}) == sum(
        "alerts" in letter["Message-ID"] for letter in letters
    )
    assert len({row[3] for row in sent if row[1] == "chat"}) == len(posts)
    due = set(
        ask(
            built,
            "select event_id, channel, audience from marts.fct_alert_outbox "
            "where delivery_state = 'pending'",
        )
    )
    noted = set(ask(built, "select event_id, channel, audience from raw.alert_deliveries"))
    assert due <= noted


def test_the_accounts_of_the_alarms_balance_and_no_rule_has_a_problem(built):
    assert (
        ask(built, "select rule, problem from marts.dim_alert_rules where problem is not null")
        == []
    )
    assert ask(
        built,
        "select * from intermediate.int_alert_evaluations_daily where evaluated_count != ok_count "
        "+ pending_count + warning_count + critical_count + recovering_count + no_data_count "
        "+ inhibited_count + closed_count",
    ) == []  # fmt: skip


def test_a_rule_waits_as_long_as_its_metric_does(built):
    # A value that is final later than the rule says would differ in a run of its own day.
    assert ask(
        built,
        "select distinct rule from marts.fct_metrics_daily inner join marts.dim_alert_rules "
        "using (metric) where grain in ('portfolio', 'segment') "
        "and fct_metrics_daily.status = 'immature' "
        "and matures_on - metric_date > known_after_days "
        "and metric_date > (select as_of_date - 60 from raw.run_parameters)",
    ) == []  # fmt: skip
