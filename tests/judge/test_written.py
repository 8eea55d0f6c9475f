"""Tables go between two marks of a page; the command says what it lacks."""

from pathlib import Path

import pytest

from tests.judge.__main__ import main
from tests.judge.written import BEGIN, END, MarksMissing, write

ROOT = Path(__file__).resolve().parents[2]


def test_only_what_stands_between_the_marks_is_replaced(tmp_path):
    page = tmp_path / "written.txt"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    write(page, ["| new |"])
    assert page.read_text() == f"before\n{BEGIN}\n\n| new |\n\n{END}\nafter\n"
    write(page, ["| newer |"])
    assert page.read_text() == f"before\n{BEGIN}\n\n| newer |\n\n{END}\nafter\n"


def lines_of(*sets, value=1, refused=()):
    rows = [f"| `{name}` | {value} |" for name in sets]
    reasons = [f"* `{name}`: {value} left" for name in refused]
    sections = [
        line
        for name in sets
        for line in ("", f"### `{name}`: a set", "", f"Built at {value}.", "", "|  | x |")
    ]
    return ["| set | a |", "| --- | --- |", *rows, "", "| set | b |", "| --- | --- |", *rows,
            *(["", *reasons] if refused else []), *sections]  # fmt: skip


def test_sets_that_were_not_judged_now_stay_in_every_table(tmp_path):
    page = tmp_path / "written.txt"
    page.write_text(f"{BEGIN}\n{END}\n")
    write(page, lines_of("one", "two", refused=["one"]))
    first = page.read_text()
    write(page, lines_of("two", "three", value=2, refused=["three"]))
    found = page.read_text()
    for line in ("| `one` | 1 |", "| `two` | 2 |", "| `three` | 2 |"):
        assert found.count(line) == 2
    assert "| `two` | 1 |" not in found
    assert [line for line in found.splitlines() if line.startswith(("#", "*", "Built"))] == [
        "* `three`: 2 left", "* `one`: 1 left", "### `one`: a set", "Built at 1.",
        "### `two`: a set", "Built at 2.", "### `three`: a set", "Built at 2.",
    ]  # fmt: skip
    write(page, lines_of("one", "two", refused=["one"]))
    write(page, lines_of("three", value=3))
    write(page, lines_of("one", "two", refused=["one"]))
    assert set(first.splitlines()) < set(page.read_text().splitlines())


def test_a_page_written_twice_with_the_same_is_the_same(tmp_path):
    page = tmp_path / "written.txt"
    page.write_text(f"{BEGIN}\n{END}\n")
    write(page, lines_of("one", "two", refused=["one"]))
    first = page.read_text()
    write(page, lines_of("one", "two", refused=["one"]))
    assert page.read_text() == first


@pytest.mark.parametrize(
    "text", ["", BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}\n{BEGIN}\n{END}", f"{BEGIN}{END}{END}"]
)
def test_a_page_without_both_marks_once_is_left_as_it_is(tmp_path, text):
    page = tmp_path / "written.txt"
    page.write_text(text)
    with pytest.raises(MarksMissing, match=r"written\.txt: expected one line"):
        write(page, ["| new |"])
    assert page.read_text() == text


def test_the_page_of_the_method_has_the_marks():
    text = (ROOT / "docs/method.md").read_text()
    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)


def test_without_any_data_set_the_command_says_how_to_name_one(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("JUDGE_UNIVERSITY", raising=False)
    monkeypatch.delenv("JUDGE_GIT_HISTORY", raising=False)
    assert main(["--work", str(tmp_path)]) == 2
    assert "give --university, --git-history or --company" in capsys.readouterr().err


def test_an_older_build_of_a_set_that_is_not_judged_is_refused(tmp_path, capsys):
    older = tmp_path / "old.duckdb"
    older.touch()
    asked = ["--company", "tiny", "--before", f"small={older}"]
    assert main(["--work", str(tmp_path), *asked]) == 2
    assert "--before names small; the sets are tiny" in capsys.readouterr().err


def test_two_sets_of_one_name_would_share_a_folder_and_are_refused(tmp_path, capsys):
    asked = ["--git-history", str(tmp_path / "one/log"), str(tmp_path / "other/log")]
    assert main(["--work", str(tmp_path), *asked]) == 2
    assert "called alike: log, log" in capsys.readouterr().err


def test_a_source_without_the_files_is_refused_by_name(tmp_path, capsys):
    assert main(["--work", str(tmp_path / "work"), "--git-history", str(tmp_path)]) == 1
    assert "usage.csv.gz or usage.csv is missing" in capsys.readouterr().err


def about(score, customers="1 of 9", before=None):
    old = ("", "| score, before | .5 |", "| score less x, before | .1 |") if before else ("",)
    parts = ("", "| component `a`, before | .6 |", "| in order, before | no |") if before else ("",)
    return ["| set | outcome | score, before | score |", "| --- | --- | --- | --- |",
            f"| `one` | left | {before or ''} | {score} |", "", "### `one`: a set", "",
            "|  | left |", "| --- | --- |", *old[1:],
            f"| customers with it, of all | {customers} |",
            "| Mondays of customers | 8 |", f"| score | {score} |", *parts[1:],
            f"| component `a` | {score} |"]  # fmt: skip


def test_what_an_older_build_said_stays_as_long_as_the_same_is_asked(tmp_path):
    page = tmp_path / "written.txt"
    page.write_text(f"{BEGIN}\n{END}\n")
    write(page, about(".7", before=".5"))
    first = page.read_text()
    write(page, about(".8"))
    assert page.read_text() == first.replace(".7", ".8")
    write(page, about(".8", customers="2 of 9"))
    assert ".5" not in page.read_text()
    assert ", before | .6" not in page.read_text()
    assert "| `one` | left |  | .8 |" in page.read_text()
