"""Why a score is another one than it was."""

from orchestration.reporting.facts import Row

# What is not the doing of those who stayed stands apart from what they did. A rule that holds a
# score down is set off by what they did, so it is part of it: both bars are of one colour.
THEIR_DOING = ("behaviour", "override")
CAUSES = {
    "behaviour": "what they use, say and pay",
    "availability": "what is measured now, or no longer",
    "model": "another model scores them",
    "override": "rules that hold a score down",
    "joiners": "customers with a score who had none",
    "leavers": "customers who have a score no longer",
    "all": "the whole change",
}
# As above, where there is room for a few words only; they stand in the order of the picture.
BRIEF_CAUSES = {
    "behaviour": "use, words, payments",
    "override": "rules that hold down",
    "availability": "other things measured",
    "model": "another model",
    "joiners": "scored for the first time",
    "leavers": "no longer scored",
}
# Whose doing a change was: what customers did first, and beside it what was done to their scores.
DOINGS = {
    "customer": "what they did",
    "availability": "other things are measured",
    "model": "another model scores them",
}
HORIZONS = {28: "28 days", 7: "7 days", 90: "90 days"}
CONTRADICTIONS = {
    "sentiment_against_score": "customer success and the score disagree",
    "nps_against_usage": "the answers and the use disagree",
}


def behaviour(rows: list[Row]) -> list[Row]:
    """Return what customers did, the largest effect first."""
    return [row for row in rows if row["cause"] == "behaviour"]


def other_causes(rows: list[Row]) -> list[Row]:
    """Return one row for each cause that is no behaviour; it carries the sum of its cause."""
    firsts: dict[str, Row] = {}
    for row in rows:
        firsts.setdefault(row["cause"], row)
    return [firsts[cause] for cause in CAUSES if cause in firsts and cause not in WHOLE]


def cause(code: str | None) -> str:
    """Return a cause in words."""
    return CAUSES.get(code or "", code or "")


WHOLE = ("behaviour", "all")
