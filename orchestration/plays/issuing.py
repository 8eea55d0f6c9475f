"""What is recommended, kept: who was drawn into which arm before it is offered, and what was told.

Both books lie outside the tables that dbt builds, so no rebuild draws or says anything anew. What
is not here: how it is drawn, which ``int_plays_due`` says.
"""

import duckdb

TODAY = "inner join raw.run_parameters on action_date = as_of_date"


def write_assignments(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Write the arm of every account that is due for a play for the first time.

    It is written before anything is published, so nobody is offered a play without it. Who is
    held out by an experiment of the CRM is in no draw of ours, and whoever is covered already is
    not offered anything yet.
    """
    connection.execute(
        "insert into raw.play_assignments "
        "select actions.play, actions.account_id, arm, action_date, plays.holdout_share, ? "
        f"from marts.fct_recommended_actions as actions {TODAY} "
        "inner join seeds.playbooks as plays on actions.play = plays.play "
        "and action_date >= plays.valid_from "
        "and action_date < coalesce(plays.valid_to, date '9999-12-31') "
        "anti join raw.play_assignments as known "
        "on actions.play = known.play and actions.account_id = known.account_id "
        "where status in ('worked', 'deferred', 'held_out') and not is_held_out_elsewhere",
        [run_id],
    )


def remember_actions(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Keep the list of the newest day as it is published, unless the day was published before."""
    connection.execute(
        "insert into raw.published_actions "
        "select account_id, action_date, play, status, owner, due_date, ? "
        f"from marts.fct_recommended_actions {TODAY} "
        "where status != 'nothing_due' "
        "and action_date not in (select action_date from raw.published_actions)",
        [run_id],
    )
