"""What a statement is, and words that several of them share."""

from dataclasses import dataclass

from markupsafe import Markup

NO_MONTH_BEFORE = Markup("There is no month before to compare with.")
NOTHING = Markup("")


@dataclass(frozen=True)
class Statement:
    """One statement: what is the case, what follows, and where to read on.

    Attributes:
        what: is the case.
        so_what: follows.
        place: in the dashboard, as ``index.html#attention``.
        link: its words.
    """

    what: Markup
    so_what: Markup
    place: str
    link: str
