"""Who runs it for real reads of every secret, and of every place that is spoken to."""

from pathlib import Path

import pytest

from orchestration.settings.environment import NAMES

DOCUMENT = Path(__file__).parents[2] / "docs" / "running_it_for_real.md"
SECRET = ("_FILE", "_TOKEN", "_PASSWORD")
PLACES = ("_URL", "_HOST", "_MASTER")


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(SECRET + PLACES)])
def test_a_secret_or_a_place_that_is_spoken_to_is_told(name):
    assert f"`{name}`" in DOCUMENT.read_text(encoding="utf-8")
