import pytest

from tests.kept import KEPT_OF_A_NAME, kept, key_of


@pytest.fixture
def project(tmp_path):
    (tmp_path / "models/target").mkdir(parents=True)
    (tmp_path / "models/a.sql").write_text("select 1")
    (tmp_path / "pins.txt").write_text("duckdb")
    return tmp_path


def key(project):
    return key_of(["models", "pins.txt"], project)


@pytest.mark.parametrize("file", ["models/a.sql", "pins.txt", "models/b.sql"])
def test_another_content_or_another_file_is_another_key(project, file):
    before = key(project)
    (project / file).write_text("select 2")
    assert key(project) != before


def test_another_name_is_another_key_and_what_dbt_writes_is_not(project):
    before = key(project)
    (project / "models/target/compiled.sql").write_text("select 2")
    assert key(project) == before
    (project / "models/a.sql").rename(project / "models/c.sql")
    assert key(project) != before


def test_what_is_kept_is_made_once_and_made_again_where_making_failed(tmp_path):
    made = []

    def make(folder):
        made.append(folder)
        if len(made) == 1:
            raise RuntimeError("out of memory")
        (folder / "table").touch()

    with pytest.raises(RuntimeError, match="out of memory"):
        kept("warehouse", ["LICENSE"], make, tmp_path)
    first = kept("warehouse", ["LICENSE"], make, tmp_path)
    assert kept("warehouse", ["LICENSE"], make, tmp_path) == first
    assert (first / "table").exists()
    assert len(made) == 2


def test_only_what_was_asked_for_last_stays(tmp_path):
    sources = ["LICENSE", "Makefile", "pyproject.toml"]
    places = [kept("warehouse", [source], lambda folder: None, tmp_path) for source in sources]
    assert [place.exists() for place in places] == [False] + [True] * KEPT_OF_A_NAME
