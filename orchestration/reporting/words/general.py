"""Bands, states, segments and shares: words that several sections share."""

from markupsafe import Markup

from orchestration.reporting.facts import Row

NONE = "\N{EN DASH}"
# Icon and word: colour is never the only cue.
BANDS = {
    "at_risk": ("▼", "at risk"),
    "watch": ("◆", "watch"),
    "healthy": ("●", "healthy"),
    "not_scored": ("○", "not scored"),
    "not_a_customer": (NONE, "not a customer"),
    "all": ("", "all"),
}
BAND_ORDER = ("at_risk", "watch", "healthy", "not_scored")
STATUSES = {
    "ok": "measured",
    "immature": "history too short",
    "insufficient_n": "too few to tell",
    "insufficient_outcomes": "too few outcomes to tell",
    "no_denominator": "nothing to measure against",
    "no_reference": "nothing to compare with yet",
    "source_unavailable": "source not connected",
    "too_new": "too new for a score",
    "low_confidence": "too little evidence",
    "inflated_by_missing": "higher for what is not measured",
    "not_measured": "nothing is measured",
    "never_used": "no use on record",
    "retired": "retired",
}
DIMENSIONS = {
    "all": "All customers",
    "plan": "Plan",
    "size_band": "Size",
    "lifecycle_stage": "Stage",
    "tenure_band": "Tenure",
    "cohort": "Began in",
    "industry": "Industry",
    "country": "Country",
    "region": "Region",
    "platform": "Platform",
    "usage_decile": "Usage decile",
}
FOLLOW_UPS = {
    "done": "in time",
    "done_late": "late",
    "not_done": "no",
    "not_known": "not known: no interventions land",
    "left_alone": "left alone, as drawn by lot",
    "done_although_held_out": "yes, although held out",
}
# With fewer than this a share would say more about chance than about the segment.
FEWEST = 5
# The text of the number says these already.
SHOWN_UNITS = (
    *("share", "share of days", "per cent", "log change", "currency", "money", "index"),
    *("s", "seconds", "minutes", "hours", "days", "times"),
)
# Two per cent is what the median of session lengths can be off by its buckets alone.
NOTICEABLE = 0.02


def band(code: str | None, score_status: str | None = None) -> Markup:
    """Return a band as icon and word; without colour where too little speaks for it."""
    icon, word = BANDS.get(code or "not_scored", ("", code))
    css = "unsure" if score_status == "low_confidence" else code or "not_scored"
    return Markup('<span class="band {}"><span aria-hidden="true">{}</span> {}</span>').format(
        css, icon, word
    )


def status(code: str | None) -> str:
    """Return in words why a value can or cannot be used."""
    return STATUSES.get(code or "", (code or "not known").replace("_", " "))


def follow_up(code: str) -> str:
    """Return in words what became of something that was to do."""
    return FOLLOW_UPS.get(code, plain(code))


def plain(code: str | None) -> str:
    """Return a code as words: underscores are for machines."""
    return (code or "").replace("_", " ")


def dimension(code: str) -> str:
    """Return the name of a dimension."""
    return DIMENSIONS.get(code, plain(code))


def unit(code: str) -> str:
    """Return what stands under a number whose text does not carry its unit."""
    return "" if code in SHOWN_UNITS else code


def rows_of(rows: list[Row], metrics: tuple[str, ...]) -> list[Row]:
    """Return the rows of the metrics, in the order in which they are named."""
    named = {row["metric"]: row for row in rows}
    return [named[metric] for metric in metrics if metric in named]


def reading(row: Row) -> str:
    """Say whether a metric changed for the better; only where the catalogue has a direction."""
    change, direction = row["change"], row["direction"]
    if change is None or direction not in ("higher", "lower"):
        return NONE
    if is_within_noise(row):
        return "= about the same"
    return "▲ better" if (change > 0) == (direction == "higher") else "▼ worse"


def is_within_noise(row: Row) -> bool:
    """Tell whether a change is too small to have a direction."""
    if row["interval_low"] is not None:
        return row["interval_low"] <= row["earlier_value"] <= row["interval_high"]
    relative = row["relative_change"]
    return row["change"] == 0 or (relative is not None and abs(relative) < NOTICEABLE)
