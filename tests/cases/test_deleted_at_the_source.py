"""What a source says it has deleted counts nowhere, until a later statement brings it back."""

from datetime import date

import pytest

from tests.cases.built import asking, build, write_landing

CREATED = {"created_at": "2026-01-01T00:00:00Z"}


def ticket(name, updated, **told):
    return {"ticket_id": name, "status": "open", "updated_at": updated, **CREATED, **told}


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """Land tickets and memberships; return which of their rows can be used."""
    folder = tmp_path_factory.mktemp("deleted")
    tickets = [
        ticket("gone", "2026-01-01T00:00:00Z"),
        ticket("gone", "2026-01-02T00:00:00Z", _fivetran_deleted=True),
        ticket("back", "2026-01-02T00:00:00Z", _fivetran_deleted=True),
        ticket("back", "2026-01-03T00:00:00Z", _fivetran_deleted=False),
        ticket("kept", "2026-01-01T00:00:00Z", deleted_at=None),
        ticket("zero", "2026-01-01T00:00:00Z", deleted_at="0001-01-01T00:00:00Z"),
        ticket("archived", "2026-01-01T00:00:00Z", archived="true"),
    ]
    event = {"event_name": "login", "user_id": "u", "event_ts": "2026-01-31T08:00:00Z"}
    members = {"export-9": False, "export-10": True}
    landing = write_landing(
        folder / "landing", {"support/tickets": tickets, "product/events": [event]}
    )
    for user, files in {
        "left": members,
        "came": dict(zip(members, (True, False), strict=True)),
    }.items():
        for file, is_deleted in files.items():
            path = landing / f"crm/account_users/{file}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            is_new = not path.exists()
            with path.open("a") as rows:
                if is_new:
                    rows.write("account_id,user_id,valid_from,is_deleted\n")
                rows.write(f"a,{user},2026-01-01T00:00:00Z,{is_deleted}\n")
    models = ["stg_support__tickets", "stg_crm__account_users"]
    ask = asking(build(folder, landing, models, date(2026, 1, 31)))
    return tuple(
        ask(f"select {columns} from staging.{model} where rejection_reason is null order by 1")
        for model, columns in zip(models, ("ticket_id", "landed_file, landed_line"), strict=True)
    )


def test_the_newest_statement_about_a_ticket_says_whether_it_is_there(used):
    assert [name for (name,) in used[0]] == ["back", "kept", "zero"]


def test_without_a_time_of_change_the_order_of_file_names_says_it(used):
    # "left" was deleted in export-10, after export-9; "came" was deleted in export-9 and is back.
    assert used[1] == [("crm/account_users/export-10.csv", 3)]
