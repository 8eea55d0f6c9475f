"""Tables go between two marks of a page; the command says what it lacks."""

from pathlib import Path

import pytest

from tests.judge.__main__ import main
from tests.judge.written import BEGIN, END, MarksMissing, write

ROOT = Path(__file__).resolve().parents[2]


def test_only_what_stands_between_the_marks_is_replaced(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    write(page, ["| new |"])
    assert page.read_text() == f"before\n{BEGIN}\n\n| new |\n\n{END}\nafter\n"
    write(page, ["| newer |"])
    assert page.read_text() == f"before\n{BEGIN}\n\n| newer |\n\n{END}\nafter\n"


@pytest.mark.parametrize(
    "text", ["", BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}\n{BEGIN}\n{END}", f"{BEGIN}{END}{END}"]
)
def test_a_page_without_both_marks_once_is_left_as_it_is(tmp_path, text):
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(MarksMissing, match=r"page\.md: expected one line"):
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
