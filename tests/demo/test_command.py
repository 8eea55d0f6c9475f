"""``python -m data.demo`` writes where the files of the company are looked for."""

import pytest

from data.demo import __main__ as command


@pytest.fixture
def written(monkeypatch, tmp_path):
    """Return where the command wrote, in place of writing."""
    places = []

    def simulate(_size, _seed, _end, landing, _truth):
        places.append(landing)
        raise ValueError("nothing is written in this test")

    monkeypatch.setattr(command, "simulate", simulate)
    monkeypatch.setenv("LANDING", str(tmp_path / "mine"))
    return places


def test_left_out_the_landing_folder_is_that_of_the_settings(written, tmp_path):
    assert command.main(["--size", "tiny"]) == 2
    assert written == [tmp_path / "mine"]


def test_a_landing_folder_that_is_given_goes_before_the_settings(written, tmp_path):
    assert command.main(["--landing", str(tmp_path / "given")]) == 2
    assert written == [tmp_path / "given"]


def test_a_setting_that_cannot_be_used_is_said_in_a_line(written, monkeypatch, tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("LANDING", str(tmp_path / "file"))
    assert command.main([]) == 2
    assert capsys.readouterr().err.startswith("demo: LANDING: ")
    assert written == []
