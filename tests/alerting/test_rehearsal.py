"""A rule that is rehearsed is judged as the build judges it, whichever engine builds."""

from dataclasses import replace

import pytest

from orchestration.alerting.rehearsal import rehearse
from orchestration.warehouse.connection import Warehouse

RULE = "account_at_risk"


@pytest.mark.parametrize("target", ["dev", "spark"])
def test_a_live_rule_fires_in_a_rehearsal_as_it_fired(copied, target):
    [found] = rehearse(replace(copied, target=target), RULE)
    with Warehouse(copied.warehouse).reading() as connection:
        (fired,) = connection.execute(
            "select alert_count from reports.rpt_alert_history where rule = ?", [RULE]
        ).fetchone()
    assert fired > 0
    assert found.live["alert_count"] == fired
    assert {**found.history, "rule": RULE} == found.live
    assert (found.only_draft, found.only_live) == (0, 0)
