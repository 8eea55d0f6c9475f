"""The first references of a new company, which a run draws by itself once a quarter has matured.

The run that draws them has scored its days without them; the next one uses them, as a day is
scored by what has landed and by nothing else.
"""

from collections.abc import Iterator

from orchestration.freezing.files import landed_references, write
from orchestration.freezing.proposal import FreezeError, propose, read_quarter
from orchestration.freezing.words import why_not
from orchestration.settings.environment import Settings


def freeze_first(settings: Settings) -> Iterator[str]:
    """Draw and write the first references, and say so; nothing where there are any already."""
    # Who asks what was known on a past day must not change what is known.
    if settings.known_on or landed_references(settings):
        return
    try:
        quarter = read_quarter(settings)
        if not quarter["is_first"]:
            return
        if quarter["first_date"] is None:
            yield why_not(quarter)
            return
        proposal = propose(settings, quarter)
        place, *_ = write(settings, proposal)
    except (FreezeError, OSError) as error:
        yield f"No references were drawn, so scores stay provisional: {error}"
        return
    yield (
        f"First references: what is usual among your own customers from {proposal.drawn_from} "
        f"stands in {place}, for you to read and edit. The next run scores every day from "
        f"{proposal.valid_from} on by it; scores before that day stay provisional."
    )
