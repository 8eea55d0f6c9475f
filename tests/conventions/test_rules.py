import pytest

from tests.conventions.rules import for_each


def is_even(number):
    assert number % 2 == 0, "is odd"


def test_a_rule_names_every_offender_with_its_reason():
    broken = r"2 of 3 break the rule\n1: is odd\n.*\n3: is odd"
    with pytest.raises(AssertionError, match=broken):
        for_each([1, 2, 3], str)(is_even)()


def test_a_rule_that_all_keep_passes_and_one_about_nothing_fails():
    for_each([2, 4], str)(is_even)()
    with pytest.raises(AssertionError, match="nothing to ask"):
        for_each([], str)(is_even)()
