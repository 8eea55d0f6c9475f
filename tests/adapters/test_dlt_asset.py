import re
from pathlib import Path

import dagster as dg
import dlt

from orchestration.adapters.golden import landed
from orchestration.adapters.our_contract import landing_tables

DOCUMENT = Path(__file__).parents[2] / "docs" / "dlt.md"


def documented():
    """Return what the example on the page defines."""
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    defined = {}
    exec(example, defined)
    return defined["exported_by_dlt"]


@dlt.resource(name="accounts", primary_key="account_id")
def accounts():
    yield [{"account_id": "A-1", "name": "Acme"}, {"account_id": "A-2", "name": "Beta"}]


def test_the_asset_of_the_page_lands_what_its_pipeline_brings(tmp_path, monkeypatch):
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    monkeypatch.setenv("DLT_DATA_DIR", str(tmp_path / "dlt"))
    landing = tmp_path / "landing"
    asset = documented()("crm", accounts, landing)
    done = dg.materialize([asset])
    assert done.success
    (event,) = done.asset_materializations_for_node("crm_exported")
    assert event.metadata["loads"].value == 1
    rows, quarantine = landed(landing, landing_tables())
    assert quarantine == []
    assert [row["name"] for row in rows["crm/accounts"]] == ["Acme", "Beta"]
