"""Numbers as pages write them."""

import pytest

from orchestration.reporting.formats import MINUS, compact


@pytest.mark.parametrize(
    ("value", "signed", "said"),
    [
        (0.4, True, "0"),
        (999, False, "999"),
        (-999, True, f"{MINUS}999"),
        (1_249, True, "+1.2k"),
        (9_950, False, "10k"),
        (-223_450_000, True, f"{MINUS}223M"),
        (1_363_748_000, True, "+1.4bn"),
        (21_025_751_443, False, "21bn"),
    ],
)
def test_a_number_over_a_bar_is_short_whatever_the_currency(value, signed, said):
    assert compact(value, signed=signed) == said
