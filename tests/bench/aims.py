"""What was promised, on two cores, and whether it holds.

An aim that speaks of a number of events is judged only near that number, or where more or
fewer events settle it too. ``None`` means that this run cannot tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.steps import Build, Figures

TIMES_BARE, EVENTS_OF_TIME, EVENTS_TOO_MANY = 12, 5_000_000, 10_000_000
OVERHEAD_SECONDS = 20
PEAK_BYTES, EVENTS_OF_PEAK = 4_000_000_000, 10_000_000
# What a training takes, and with it the tables of the outlook, beside all other work of a build.
OUTLOOK_SHARE, OUTLOOK_PEAK = 0.25, 1_000_000_000
OF_THE_OUTLOOK = (
    "fct_account_features_weekly", "fct_account_outcomes", "fct_churn_predictions",
    "fct_churn_prediction_contributions", "int_printed_outlooks", "fct_model_track_record",
    "int_outlook_draws", "rpt_outlook_accounts", "rpt_outlook_drift", "rpt_outlook_models",
    "rpt_outlook_revenue",
)  # fmt: skip
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
    return [_time(figures), _overhead(figures), _peak(figures), *_outlook(figures.chosen)]


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


def _outlook(build: Build) -> Iterator[Aim]:
    """Judge what the outlook takes; a node is alone on its thread, so its seconds are CPU's."""
    tables = sum(
        node.seconds
        for node in build.nodes
        if not node.is_test and node.name.split(".")[-1] in OF_THE_OUTLOOK
    )
    seconds, rest = tables + build.trained.cpu, build.full.cpu - tables
    yield Aim(
        f"features, outcomes, training and scores in {OUTLOOK_SHARE:.0%} of the CPU of the rest",
        f"{seconds / rest:.0%}: {tables:.1f} s of tables, {build.trained.cpu:.1f} s of training",
        seconds <= OUTLOOK_SHARE * rest,
    )
    yield Aim(
        f"a training under {OUTLOOK_PEAK / 1e9:.0f} GB",
        f"{build.trained.peak / 1e9:.2f} GB",
        build.trained.peak < OUTLOOK_PEAK,
    )
