"""What became of the accounts of the smallest company, as built."""

from tests.conftest import AS_OF
from tests.track_record.rendered import SETTINGS

GRACE = SETTINGS["churn_grace_days"]


def rows(warehouse_reading, query, parameters=None):
    with warehouse_reading() as connection:
        return connection.execute(query, parameters or []).fetchall()


def test_what_has_not_matured_is_empty_and_never_a_stay(warehouse_reading):
    ((unknown, early),) = rows(
        warehouse_reading,
        "select count(*), count(is_event) from marts.fct_account_outcomes where matures_on > ?",
        [AS_OF],
    )
    assert unknown > 1000
    assert early == 0


def test_every_mature_churn_window_has_an_outcome(warehouse_reading):
    ((mature, known),) = rows(
        warehouse_reading,
        "select count(*), count(is_event) from marts.fct_account_outcomes "
        "where matures_on <= ? and label = 'churn'",
        [AS_OF],
    )
    assert mature == known > 1000


def test_the_longest_window_has_no_figure_where_the_history_is_shorter(warehouse_reading):
    counts = dict(
        rows(
            warehouse_reading,
            "select horizon_days, count(is_event) from marts.fct_account_outcomes group by all",
        )
    )
    assert set(counts) == set(SETTINGS["outcome_horizons"])
    assert counts[182] == 0 < counts[91] < counts[42]


def test_events_are_the_final_churns_counted_from_the_subscriptions(warehouse_reading):
    lead, horizon = SETTINGS["outcome_lead_days"], 42
    recounted = rows(
        warehouse_reading,
        "select account_id, snapshot_date from intermediate.int_account_snapshots as snapshot "
        "where snapshot_date <= ?::date - ? and exists ("
        "  select 1 from intermediate.int_paid_spells_merged as spell "
        "  where spell.account_id = snapshot.account_id "
        "  and spell.spell_end > snapshot_date + ? and spell.spell_end <= snapshot_date + ?"
        ") order by all",
        [AS_OF, lead + horizon + GRACE, lead, lead + horizon],
    )
    found = rows(
        warehouse_reading,
        "select account_id, snapshot_date from marts.fct_account_outcomes "
        "where label = 'churn' and horizon_days = 42 and is_event order by all",
    )
    assert found == recounted != []


def test_whoever_has_asked_to_leave_is_not_asked_about(warehouse_reading):
    ((asked, looked_at),) = rows(
        warehouse_reading,
        "select count(*), count(snapshot.account_id) from ("
        "  select account_id, activity_date from marts.fct_subscriptions_daily "
        "  where is_cancelling and isodow(activity_date) = 1"
        ") as day left join intermediate.int_account_snapshots as snapshot "
        "on snapshot.account_id = day.account_id and snapshot.snapshot_date = day.activity_date",
    )
    assert asked > 20
    assert looked_at == 0


def test_a_loss_of_revenue_is_at_least_as_frequent_as_a_churn(warehouse_reading):
    ((churns, also_losses),) = rows(
        warehouse_reading,
        "select count(*), count(*) filter (where revenue.is_event) "
        "from marts.fct_account_outcomes as churn "
        "inner join marts.fct_account_outcomes as revenue "
        "using (account_id, snapshot_date, horizon_days) "
        "where churn.label = 'churn' and churn.is_event and revenue.label = 'revenue_loss' "
        "and horizon_days = 42",
    )
    # Whoever came back before the end of the window lost nothing in the end.
    assert churns > 20
    assert also_losses > 0.8 * churns
