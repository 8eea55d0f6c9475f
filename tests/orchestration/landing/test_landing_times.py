"""Times that no calendar and no clock has are refused, and no parser makes others of them."""

import json
from datetime import datetime

import pytest

from orchestration.landing.times import at_once, less_common, timestamp

# As a statement reads a column of days.
DAY = f"coalesce({at_once('$text', 'date')}, {less_common('[$text]')}[1]::date)"
IMPOSSIBLE_DAYS = [
    "2026-02-30",
    "2026-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
]
TIMES_OF_DAY = [
    "T10:00:00Z",
    "T10:00:00z",
    "T10:00Z",
    " 10:00:00",
    "T10:00",
    "T10:00:00.5+02:00",
    "T10:00+0200",
    " 10:00+02:00",
    "T10:00:00 Europe/Berlin",
    "",
]
IMPOSSIBLE_OFFSETS = [
    "+99:99", "-99:99", "+99", "+25:00", "+15:00", "+14:01", "-24:00", "+02:60", "+0260", "+9999",
]  # fmt: skip
# Days without all of their digits, and a day with its hour, which a count of seconds may be too.
NUMBERS_IN_DOUBT = ["2026123", "202613", "2026030410", "2026030410000", "2026030410.0", "2026-0304"]
NUMBERS_WITHOUT_DOUBT = {
    "20260304": datetime(2026, 3, 4),
    "20260304101112": datetime(2026, 3, 4, 10, 11, 12),
    "1772618400": datetime(2026, 3, 4, 10),
    "1772618400000": datetime(2026, 3, 4, 10),
    "2040000000": datetime(2034, 8, 24, 2, 40),
}
IMPOSSIBLE_HOURS = ["T25:00:00", "T24:00:01", "T24:01:00", "T10:60:00", "T10:00:61", "T99:99:99"]


def read(connection, text: str) -> tuple:
    return connection.execute(f"select {timestamp('$text')}, {DAY}", {"text": text}).fetchone()


@pytest.mark.parametrize("day", IMPOSSIBLE_DAYS)
def test_a_day_that_no_calendar_has_is_no_time(connection, day):
    for written in (day, day.replace("-", "")):
        texts = [written + time for time in TIMES_OF_DAY]
        texts += [f"{written}T100000Z", f"{written}T100000+0200"]
        assert [read(connection, text) for text in texts] == [(None, None)] * len(texts)


@pytest.mark.parametrize("offset", IMPOSSIBLE_OFFSETS)
def test_an_offset_that_no_clock_has_is_no_time(connection, offset):
    starts = ["2026-01-31T10:00:00", "2026-01-31 10:00:00.25", "2026-01-31T10:00", "2026-01-31 10"]
    starts += ["20260131T100000", "2026-01-31T10:00:00 "]
    for text in (start + offset for start in starts):
        assert read(connection, text) == (None, None), text


@pytest.mark.parametrize("time", IMPOSSIBLE_HOURS)
def test_an_hour_that_no_day_has_is_no_time(connection, time):
    for zone in ("Z", "z", "", "+02:00", "+0200", " Europe/Berlin"):
        assert read(connection, f"2026-01-31{time}{zone}") == (None, None)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-01-31T10:00:00+14:00", "2026-01-30 20:00:00"),
        ("2026-01-31T10:00:00-12:00", "2026-01-31 22:00:00"),
        ("2026-01-31T10:00:00+05:45", "2026-01-31 04:15:00"),
        ("2026-01-31T10:00:00+0545", "2026-01-31 04:15:00"),
        ("2024-02-29T10:00+01", "2024-02-29 09:00:00"),
        ("2024-02-29T10:00+01:00", "2024-02-29 09:00:00"),
        ("20240229T100000+0100", "2024-02-29 09:00:00"),
        ("2024-2-29T1:02:03Z", "2024-02-29 01:02:03"),
        ("2024-02-29T24:00:00Z", "2024-03-01 00:00:00"),
    ],
)
def test_what_calendars_and_clocks_have_is_a_time(connection, text, utc):
    moment, _ = read(connection, text)
    assert str(moment) == utc


def test_an_impossible_time_is_refused_where_it_is_required_and_kept_as_text_elsewhere(company):
    rows = [
        {"id": "a", "placed_at": "2026-02-30T00:00:00Z"},
        {"id": "b", "placed_at": "2026-02-28T00:00:00Z", "seen_at": "2026-02-28T00:00:00+99:99"},
        {"id": "c", "placed_at": "2026-02-28T00:00:00Z", "day": "2026-02-30T25:00:00Z"},
    ]
    company.put("one.jsonl", "\n".join(map(json.dumps, rows)))
    company.land()
    assert company.refused_lines() == [
        (1, 'required column placed_at is not a timestamp: "2026-02-30T00:00:00Z"')
    ]
    assert company.rows("select id, seen_at, day, _extra from raw.shop_orders order by id") == [
        ("b", None, None, '{"seen_at":"2026-02-28T00:00:00+99:99"}'),
        ("c", None, None, '{"day":"2026-02-30T25:00:00Z"}'),
    ]


def test_a_zone_by_name_is_that_of_its_own_row_and_of_no_other(connection):
    """The engine's cast would give the rows after the first the zone of Berlin."""
    texts = {
        "2026-03-01T09:00:00 Europe/Berlin": "2026-03-01 08:00:00",
        "2026-03-01 09:00 America/Los_Angeles": "2026-03-01 17:00:00",
        "2026-03-01T09:00:00[Asia/Tokyo]": "2026-03-01 00:00:00",
        "2026-03-01T09:00": "2026-03-01 09:00:00",
        "2026-03-01": "2026-03-01 00:00:00",
        "2026-3-1 9:05": "2026-03-01 09:05:00",
        "2026-03-01T09:00:00+0530": "2026-03-01 03:30:00",
        "2026-03-01 09:00 Nowhere/Else": None,
        "2016-12-31T23:59:60Z": "2016-12-31 23:59:59",
    }
    query = f"select {timestamp('said')}::varchar from (select unnest($1) as said)"
    assert (
        dict(
            zip(
                texts,
                (read for (read,) in connection.execute(query, [[*texts]]).fetchall()),
                strict=True,
            )
        )
        == texts
    )


@pytest.mark.parametrize("number", NUMBERS_IN_DOUBT)
def test_a_number_that_could_be_two_times_is_none(connection, number):
    assert read(connection, number) == (None, None)


@pytest.mark.parametrize("number", NUMBERS_WITHOUT_DOUBT)
def test_a_number_that_can_be_one_time_only_is_that_one(connection, number):
    assert read(connection, number)[0] == NUMBERS_WITHOUT_DOUBT[number]
