import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orchestration.reporting.drawings.year_axis import HALF, LEFT, RIGHT, WIDTH, place, quarters
from orchestration.reporting.formats import month

DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))
LABEL = re.compile(r'<text x="([0-9.]+)"[^>]*text-anchor="(\w+)">([^<]+)</text>')


def labels(as_of):
    return [(float(x), anchor, name) for x, anchor, name in LABEL.findall(quarters(as_of, 0, 9))]


@given(DAYS)
def test_a_year_names_each_quarter_that_begins_in_it_once(as_of):
    begins = as_of - timedelta(weeks=52)
    days = [begins + timedelta(days=n) for n in range(365)]
    expected = [month(day) for day in days if day.day == 1 and day.month % 3 == 1]
    assert [name for _, _, name in labels(as_of)] == expected
    # 52 weeks that hold a 29 February may begin on the day after a quarter did.
    assert 3 <= len(expected) <= 5


@given(DAYS)
def test_no_name_of_a_quarter_is_cut_off(as_of):
    for x, anchor, _ in labels(as_of):
        left = {"start": x, "middle": x - HALF, "end": x - 2 * HALF}[anchor]
        assert 0 <= left <= left + 2 * HALF <= WIDTH, (x, anchor)


@given(DAYS, st.integers(0, 364))
def test_a_later_day_stands_farther_to_the_right_up_to_the_day_itself(as_of, days_back):
    shown = as_of - timedelta(days=days_back)
    assert LEFT <= place(shown, as_of) <= place(as_of, as_of) == WIDTH - RIGHT
    assert place(shown - timedelta(days=1), as_of) < place(shown, as_of)
