"""Expectations say whether the data is believable.

What belongs here: ranges, volumes, shares, spreads, drift and freshness; what a person who
knows the business would frown at. One module per table in ``suites/``, found by its name. A
critical expectation that fails stops the run at its gate, a warning is shown.
What belongs to dbt, next to the SQL: keys, nulls, references, accepted values, and whether two
models agree. What belongs to pytest: whether the machine works. No assertion is in two of them.
Nothing is imported here, on purpose: Great Expectations takes seconds.
"""
