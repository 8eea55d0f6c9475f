"""Every value that a push would send is the published one, asked again and rounded anew."""

import csv
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest

from orchestration.publication.places import database_of
from orchestration.settings.environment import ROOT

# A table of days is read on the day of the publication.
DAYS = {"fct_account_daily": "activity_date"}


def field_map(destination):
    with (ROOT / "dbt_project/seeds/crm_field_map.csv").open(newline="") as file:
        return [row for row in csv.DictReader(file) if row["destination"] == destination]


def shown(value, field):
    """Write a published value as the map says."""
    if value is None:
        return ""
    if field["kind"] == "number":
        places = Decimal(1).scaleb(-int(field["rounding"])) if field["rounding"] else None
        number = Decimal(str(value))
        return number if places is None else number.quantize(places, ROUND_HALF_UP)
    return str(value)


@pytest.mark.parametrize("destination", ["hubspot", "salesforce"])
def test_every_value_that_would_be_sent_is_the_published_one(built, destination):
    (path,) = built.settings.reports.glob(f"*/push/{destination}.csv")
    day = path.parents[1].name
    with path.open(newline="", encoding="utf-8") as file:
        told = {(row["account_id"], row["property"]): row["value"] for row in csv.DictReader(file)}
    with duckdb.connect(str(database_of(built.settings)), read_only=True) as connection:
        schemas = dict(
            connection.execute("select table_name, schema_name from duckdb_tables()").fetchall()
        )
        accounts = {
            account
            for (account,) in connection.execute(
                "select account_id from marts.dim_accounts where is_internal is not true"
            ).fetchall()
        }
        asked = 0
        for field in field_map(destination):
            table = field["source_table"]
            of_day = f" where {DAYS[table]} = date '{day}'" if table in DAYS else ""
            rows = connection.execute(
                f"select account_id, {field['source_column']} from {schemas[table]}.{table}{of_day}"
            ).fetchall()
            values = dict(rows)
            for account in accounts:
                wanted, value = shown(values.get(account), field), told[account, field["property"]]
                same = Decimal(value) == wanted if isinstance(wanted, Decimal) else value == wanted
                assert same, (account, field["property"], value, wanted)
                asked += 1
    assert asked == len(told) > 1000
