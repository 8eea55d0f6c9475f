"""What was promised, on two cores, and whether it holds.

An aim that speaks of a number of events is judged only near that number, or where more or
fewer events settle it too. ``None`` means that this run cannot tell.
"""

from dataclasses import dataclass

from tests.bench.steps import Figures

TIMES_BARE, EVENTS_OF_TIME, EVENTS_TOO_MANY = 12, 5_000_000, 10_000_000
OVERHEAD_SECONDS = 20
PEAK_BYTES, EVENTS_OF_PEAK = 4_000_000_000, 10_000_000
NEAR = 0.9
# What the run says when it has nothing to do.
NOTHING_NEW = "Nothing is new"


@dataclass(frozen=True)
class Aim:
    """One aim, what was measured, and whether that is within it."""

    text: str
    found: str
    is_met: bool | None


def judged(figures: Figures) -> list[Aim]:
    """Judge all aims."""
    return [_time(figures), _overhead(figures), _peak(figures)]


def _time(figures: Figures) -> Aim:
    ratio, events = figures.chosen.full.wall / figures.bare.best.wall, figures.bare.events
    comparable = NEAR * EVENTS_OF_TIME <= events < EVENTS_TOO_MANY
    return Aim(
        f"{EVENTS_OF_TIME / 1e6:.0f} M events end to end in {TIMES_BARE} times the bare pass",
        f"{ratio:.1f} times, {events / 1e6:.1f} M events",
        ratio <= TIMES_BARE if comparable else None,
    )


def _overhead(figures: Figures) -> Aim:
    runs = [build.nothing_new for build in (figures.least, figures.chosen)]
    seconds = max(run.wall for run in runs)
    was_disturbed = not all(NOTHING_NEW in run.said for run in runs)
    return Aim(
        f"a daily run with nothing new under {OVERHEAD_SECONDS} s",
        f"{seconds:.1f} s" + (", but the project changed meanwhile" if was_disturbed else ""),
        None if was_disturbed else seconds < OVERHEAD_SECONDS,
    )


def _peak(figures: Figures) -> Aim:
    chosen, events = figures.chosen, figures.bare.events
    peak = max(run.peak for run in (chosen.full, chosen.again, chosen.nothing_new))
    is_under = peak < PEAK_BYTES
    # Less memory for more events settles it, and so does more memory for fewer.
    settled = events >= NEAR * EVENTS_OF_PEAK if is_under else events <= EVENTS_OF_PEAK / NEAR
    return Aim(
        f"peak memory under {PEAK_BYTES / 1e9:.0f} GB at {EVENTS_OF_PEAK / 1e6:.0f} M events",
        f"{peak / 1e9:.1f} GB, {events / 1e6:.1f} M events",
        is_under if settled else None,
    )
