"""Percentiles from logarithmic buckets against exact ones: the macros of the models, in DuckDB."""

import math
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

pytestmark = pytest.mark.exhaustive

MACROS = Path(__file__).parents[1] / "dbt_project/macros"
FILES = ("logarithmic_bucket.sql", "percentiles_of_buckets.sql")
SHARES = {"p50_seconds": 0.50, "p75_seconds": 0.75, "p95_seconds": 0.95, "p99_seconds": 0.99}
FEWEST = {"p50_seconds": 1, "p75_seconds": 1, "p95_seconds": 20, "p99_seconds": 100}
# Half a bucket of two per cent, and what floating point adds.
STATED_ERROR = 0.01 + 1e-9

MODEL = """
with
samples as (select 'a1' as account_id, unnest(?) as sample),
buckets as (
    select
        account_id,
        {{ logarithmic_bucket('sample.seconds') }} as bucket,
        count(*) as sample_count,
        sum(cast(sample.requests as decimal(18, 6))) as request_count
    from samples
    group by all
),
{{ percentiles_of_buckets('buckets', by=['account_id']) }}
"""

# From a hundredth of a millisecond to a day; a sample stands for one to twenty requests.
seconds = st.floats(min_value=1e-5, max_value=86_400, allow_nan=False)
samples = st.lists(st.tuples(seconds, st.integers(1, 20)), min_size=1, max_size=250)


@pytest.fixture(scope="module")
def model():
    macros = "".join((MACROS / file).read_text() for file in FILES)
    return Environment().from_string(macros + MODEL).render()


def read_from_buckets(model, samples):
    rows = [{"seconds": value, "requests": requests} for value, requests in samples]
    result = duckdb.connect().execute(model, [rows])
    columns = [column[0] for column in result.description]
    (values,) = result.fetchall()
    return dict(zip(columns, values, strict=True))


def exact(samples, share):
    """The value at a share of the way through all requests, between two values if it lies there."""
    requests = sorted(value for value, requests in samples for _ in range(requests))
    position = round(share * (len(requests) - 1), 9)
    below = math.floor(position)
    above = min(below + 1, len(requests) - 1)
    return requests[below] + (requests[above] - requests[below]) * (position - below)


@settings(max_examples=150, deadline=None)
@given(samples)
@example([(1.02**n, 1) for n in range(-100, 100)])
@example([(0.2, 1)] * 19)
@example([(1.0, 1)] * 3 + [(10.0, 1)] * 3)
@example([(0.2, 1)] * 99 + [(30.0, 1)])
def test_a_percentile_is_within_one_per_cent_of_the_exact_one_and_empty_for_too_few(model, samples):
    found = read_from_buckets(model, samples)
    assert found["sample_count"] == len(samples)
    assert found["request_count"] == sum(requests for _, requests in samples)
    for column, share in SHARES.items():
        if len(samples) < FEWEST[column]:
            assert found[column] is None
        else:
            assert found[column] == pytest.approx(exact(samples, share), rel=STATED_ERROR)


@settings(max_examples=50, deadline=None)
@given(samples, samples)
def test_buckets_of_two_groups_add_up_to_the_percentile_of_both(model, some, others):
    both = read_from_buckets(model, some + others)
    assert both["p50_seconds"] == pytest.approx(exact(some + others, 0.50), rel=STATED_ERROR)


def test_buckets_twice_as_wide_would_break_the_promise(model):
    wider = model.replace("1.02", "1.04")
    low_edge = [(1.0001, 1)]
    assert read_from_buckets(model, low_edge)["p50_seconds"] <= 1.0001 * (1 + STATED_ERROR)
    assert read_from_buckets(wider, low_edge)["p50_seconds"] > 1.0001 * (1 + STATED_ERROR)
