"""One test for one rule, whatever it is about: it lists every offender with its reason.

A rule is written for one thing, as a function that asserts; ``for_each`` asks it of all of them.
"""

from collections.abc import Callable, Iterable
from typing import Any

Rule = Callable[[Any], None]


def for_each(things: Iterable[Any], name: Callable[[Any], str]) -> Callable[[Rule], Callable]:
    """Make one test of a rule about one thing; it fails with all that break the rule.

    Args:
        things: what the rule is about; none at all fails, as it would prove nothing.
        name: how an offender is called.
    """

    def decorate(rule: Rule) -> Callable[[], None]:
        def test() -> None:
            asked = list(things)
            assert asked, "there is nothing to ask"
            broken = {name(thing): why for thing in asked if (why := _broken(rule, thing))}
            listed = "\n".join(f"{offender}: {why}" for offender, why in broken.items())
            assert not broken, f"{len(broken)} of {len(asked)} break the rule\n{listed}"

        test.__name__ = rule.__name__
        return test

    return decorate


def _broken(rule: Rule, thing: Any) -> str | None:
    try:
        rule(thing)
    except AssertionError as error:
        return str(error)
    return None
