"""The words that the SQL of adapters shares: those of ``macros.sql``, and the loader's own.

What is a number, a time or a yes is the loader's to say, so that an adapter understands what the
loader would have read of the same text, and hands on what neither understands. What is not here:
who runs them.
"""

from functools import cache
from pathlib import Path

from orchestration.landing.casts import boolean, integer, number
from orchestration.landing.contract import Column
from orchestration.landing.times import lacks_zone, timestamp

WORDS = Path(__file__).parent / "macros.sql"


@cache
def macros() -> str:
    """Return the statements that make every macro, in an order in which each knows those it calls.

    ``read_time`` gives a UTC time, ``read_number`` a double, ``read_whole`` a whole number and
    ``as_yes`` a boolean, each NULL where the text cannot be read, and ``tells_no_zone`` whether a
    time is one of a local clock.
    """
    of_loader = {
        "read_time": timestamp("text"),
        "read_number": number(Column("amount", "double"), "text"),
        "read_whole": integer("text", "bigint"),
        "as_yes": boolean("text"),
        "tells_no_zone": lacks_zone("text"),
    }
    # Through a list, so that an argument is written once and not at every place where it is asked.
    made = (
        f"create or replace temp macro {name}(said) as "
        f"list_transform([said], lambda text: {expression})[1];"
        for name, expression in of_loader.items()
    )
    return "\n".join((*made, WORDS.read_text(encoding="utf-8")))
