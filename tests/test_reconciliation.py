"""Everything that the demonstration company planted is counted to the last line."""

import json

import pytest


@pytest.fixture(scope="module")
def truth(tiny_company):
    return json.loads((tiny_company.truth / "truth_dirt.json").read_text())


@pytest.fixture(scope="module")
def reconciled(warehouse_reading):
    with warehouse_reading() as connection:
        rows = connection.sql("select * from marts.fct_row_reconciliation")
        names = rows.columns
        return {
            f"{row['system']}_{row['table_name']}": row
            for row in (dict(zip(names, values, strict=True)) for values in rows.fetchall())
        }


def test_every_counter_equals_the_truth(truth, reconciled):
    counted = {
        table: {
            "lines": reconciled[table]["lines_read"],
            "quarantined": reconciled[table]["rows_quarantined"],
            "duplicates": reconciled[table]["duplicates"],
            "rejected": reconciled[table]["rejected"],
            "kept": reconciled[table]["rows_kept"],
        }
        for table in truth["tables"]
    }
    planted = {
        table: {
            "lines": facts["lines"],
            "quarantined": sum(facts["quarantined"].values()),
            "duplicates": facts["duplicates"],
            "rejected": sum(facts["rejected"].values()),
            "kept": facts["kept"],
        }
        for table, facts in truth["tables"].items()
    }
    assert counted == planted


def test_nothing_is_unaccounted_for(reconciled):
    assert {table: row["unaccounted"] for table, row in reconciled.items()} == dict.fromkeys(
        reconciled, 0
    )


def test_every_refused_and_every_replayed_file_is_known(truth, warehouse_reading):
    with warehouse_reading() as connection:
        refused = {
            f
            for (f,) in connection.sql(
                "select file from raw.loads where refusal is not null"
            ).fetchall()
        }
        replayed = {f for (f,) in connection.sql("select file from raw.replays").fetchall()}
    assert refused == {entry["file"] for entry in truth["refused_files"]}
    # Two files of one content: the one that comes first by name is loaded, the other is the replay.
    pairs = [{entry["file"], entry["of"]} for entry in truth["replayed_files"]]
    assert [len(pair & replayed) for pair in pairs] == [1] * len(pairs)
    assert replayed <= set().union(*pairs)


def test_every_value_read_with_care_is_counted(truth, warehouse_reading):
    with warehouse_reading() as connection:
        found = {
            (f"{system}_{table}", column): count
            for system, table, column, count in connection.sql(
                "select system, table_name, column_name, sum(row_count) from raw.load_warnings "
                "where warning like '%kept as text%' group by all"
            ).fetchall()
        }
    planted = {
        (table, column): count
        for table, facts in truth["tables"].items()
        for column, count in facts["warnings"].items()
    }
    assert found == planted
