"""What one expectation found; whoever reads a finding need not import the runner."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What one expectation found.

    Attributes:
        expectation: its name in Great Expectations.
        column: the column it looks at; None for the table as a whole.
        severity: critical or warning; a critical expectation of rows that few break is a warning.
        passed: whether the data is as expected.
        observed: what was seen, in a few words: how many rows and which, by key and landed line.
        reason: why it is expected.
    """

    expectation: str
    column: str | None
    severity: str
    passed: bool
    observed: str
    reason: str
