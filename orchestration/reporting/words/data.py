"""Sources and checks."""

from markupsafe import Markup

SOURCE_STATUSES = {
    "present": ("●", "present"),
    "stale": ("◆", "stale"),
    "absent": ("○", "absent"),
    "seed": ("●", "from the repository"),
}
STAGES = {
    "landing": "landing files",
    "identity": "whose event it is",
    "catalogue": "catalogue against data",
}


def source_status(code: str) -> Markup:
    """Return the state of a source as icon and word."""
    icon, word = SOURCE_STATUSES.get(code, ("", code))
    return Markup('<span class="state {}"><span aria-hidden="true">{}</span> {}</span>').format(
        code, icon, word
    )


def outcome(passed: bool, severity: str) -> Markup:
    """Return the outcome of a check as icon and word."""
    if severity == "info":
        return Markup(
            '<span class="state absent"><span aria-hidden="true">○</span> not checked</span>'
        )
    if passed:
        return Markup('<span class="state present"><span aria-hidden="true">●</span> passed</span>')
    code = "bad" if severity == "critical" else "stale"
    return Markup(
        '<span class="state {}"><span aria-hidden="true">▼</span> failed, {}</span>'
    ).format(code, severity)
