"""A folder that a load fails at is named, and all others are examined still."""

import duckdb
import pytest

from orchestration.doctor.examination import examine
from orchestration.doctor.failing_folders import loaded_without_failing
from orchestration.landing.errors import ContractError


def loaded(place):
    """Read every file as SQL, in the order of folders."""
    with duckdb.connect() as connection:
        return {
            path.parent.name: connection.execute(path.read_text()).fetchone()[0]
            for path in sorted(place.rglob("*.sql"))
        }


@pytest.fixture
def place(tmp_path):
    for name, text in {
        "a": "select 1",
        "b": "select cast('a@b.example' as int)",
        "c": "select 3",
    }.items():
        (tmp_path / "place" / name).mkdir(parents=True)
        (tmp_path / "place" / name / "x.sql").write_text(text)
    return tmp_path / "place"


def everything_in(folder):
    return {path: path.is_dir() or path.read_bytes() for path in folder.rglob("*")}


def test_what_fails_is_named_without_its_values_and_the_rest_is_loaded(place):
    before = everything_in(place)
    found, failed = loaded_without_failing(loaded, place)
    assert found == {"a": 1, "c": 3}
    assert list(failed) == ["b"]
    assert "ConversionException" in failed["b"]
    assert "a@b" not in failed["b"]
    assert everything_in(place) == before
    assert [path.name for path in place.parent.iterdir()] == ["place"]


def test_what_does_not_fail_is_loaded_once(place):
    (place / "b" / "x.sql").write_text("select 2")
    times = []
    found, failed = loaded_without_failing(lambda p: times.append(p) or loaded(p), place)
    assert (found, failed, times) == ({"a": 1, "b": 2, "c": 3}, {}, [place])


def test_folders_that_fail_only_together_are_all_named(place):
    def together(folder):
        if len(names := [path.name for path in folder.iterdir()]) > 1:
            raise ContractError("twice the same")
        return names

    found, failed = loaded_without_failing(together, place)
    assert found == []
    assert failed == dict.fromkeys("abc", "a run stops here: twice the same")
    assert sorted(path.name for path in place.iterdir()) == ["a", "b", "c"]


def test_what_fails_without_any_folder_fails(place):
    def fails(_):
        raise duckdb.BinderException("always")

    with pytest.raises(duckdb.BinderException, match="always"):
        loaded_without_failing(fails, place)
    assert sorted(path.name for path in place.iterdir()) == ["a", "b", "c"]


def test_a_mapping_that_cannot_be_used_leaves_the_other_folders_examined(tmp_path):
    (tmp_path / "landing" / "acme").mkdir(parents=True)
    (tmp_path / "landing" / "crm" / "accounts").mkdir(parents=True)
    (tmp_path / "landing" / "acme" / "things.csv").write_text("id,name\nA1,x\n")
    (tmp_path / "landing" / "acme" / "mapping.yml").write_text(
        "tables:\n  things:\n    becomes: crm/nothing\n    columns: {account_id: id}\n"
    )
    (tmp_path / "landing" / "crm" / "accounts" / "a.csv").write_text(
        "account_id,name,created_at\nA1,x,2026-01-01T00:00:00Z,2\n"
    )
    done = examine(tmp_path / "landing", tmp_path / "drafts")
    assert any("acme" in found.text and "crm/nothing" in found.text for found in done.findings)
    assert {folder.name for folder in done.folders} == {"acme", "crm"}
    # What is wrong with a line of the other one is told, so it was loaded.
    assert any(found.place.startswith("crm") for found in done.findings)
