"""The keys of what a step makes, put together once.

For each output of a step Dagster looks through all outputs of it, and for each of those puts the
set of all keys together anew: with some five hundred outputs a twentieth of what a run costs. What
is not here: what is made, which ``build`` says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import dagster as dg

PUT_TOGETHER = "asset_and_check_keys"


@contextmanager
def keys_put_together_once() -> Iterator[None]:
    """Have each definition of assets, which never changes, keep the set of its keys."""
    anew = getattr(dg.AssetsDefinition, PUT_TOGETHER)
    once = cached_property(anew.fget)
    once.__set_name__(dg.AssetsDefinition, f"_kept_{PUT_TOGETHER}")
    setattr(dg.AssetsDefinition, PUT_TOGETHER, once)
    try:
        yield
    finally:
        setattr(dg.AssetsDefinition, PUT_TOGETHER, anew)
