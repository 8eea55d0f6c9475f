"""Whether jobs go well, and who was told: once when it turns bad, and once when it is good again.

It is kept in files beside the warehouse, as the warehouse may be what is broken. A file says
that nobody was told before a message leaves, so after a process that is killed in between the next
one sends the same message. What is not here: why a run failed, which ``execution.failures`` says.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from markupsafe import escape

from orchestration.alerting.chat import Chat, slack_text
from orchestration.alerting.letter import blank_letter, filled
from orchestration.alerting.mail import Mail, unknown_recipient
from orchestration.alerting.sending import ChannelClosed, NotSent, Unanswered
from orchestration.alerting.wording import plain
from orchestration.retention import RUNS
from orchestration.settings.channels import ChannelSettings
from orchestration.settings.environment import Settings
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.disk_space import explained
from orchestration.warehouse.state_files import read_state

# Who mends a run; the seed of the routes names the same role.
AUDIENCE = "data-platform"
GOOD, BAD = "good", "bad"
LONGEST_REASON = 1500
# What the daily job did not deliver, the weekly one does; of no other job is it news.
DELIVERING = ("daily", "weekly")


@dataclass(frozen=True)
class Notice:
    """What is said of runs.

    Attributes:
        identifier: of the change, the same however often it is sent.
        subject: in one line.
        text: below it.
    """

    identifier: str
    subject: str
    text: str


def note_run(
    settings: Settings, job: str, succeeded: bool, reasons: Sequence[str] = ()
) -> list[str]:
    """Note how a run ended, and tell people if that is a change; return what to remark.

    A failure while it is bad already tells nobody again, and a success while it is good nobody.
    It raises nothing: what goes wrong in telling is a remark.
    """
    try:
        return _noted(settings, job, succeeded, reasons)
    except OSError as error:
        return [f"How the run ended could not be noted or told: {explained(error)}"]


def _noted(settings: Settings, job: str, succeeded: bool, reasons: Sequence[str]) -> list[str]:
    def notice(state: str, since: str, bad_since: str | None) -> Notice:
        return _notice(job, state, since, bad_since, reasons)

    place = settings.warehouse.with_suffix(f".{_of(job, 'run_health')}.json")
    return note_change(place, succeeded, notice, settings.reports, settings.channels)


def _of(job: str, name: str) -> str:
    return name if job in DELIVERING else f"{name}_{job}"


def note_change(
    place: Path,
    succeeded: bool,
    notice: Callable[[str, str, str | None], Notice],
    reports: Path,
    channels: ChannelSettings,
) -> list[str]:
    """Note how something went, and tell people where that is a change; return what to remark.

    Args:
        place: the file that knows how it went before.
        succeeded: how it went.
        notice: makes what is said, of good or bad, since when, and since when it had been bad.
        reports: the folder for files in the place of messages.
        channels: mail and chat.
    """
    before = read_state(place, ["state", "since", "told"])
    if before is None or (before["state"] != GOOD and not isinstance(before["since"], str)):
        before = {"state": GOOD, "since": None, "told": True}
    state = GOOD if succeeded else BAD
    has_changed = state != before["state"]
    if not has_changed and before["told"]:
        return []
    if has_changed and state == GOOD and not before["told"]:
        # Nobody heard that it was bad, so nobody need hear that it is good.
        _keep(place, GOOD, before["since"], told=True)
        return []
    since = _now() if has_changed else before["since"]
    _keep(place, state, since, told=False)
    said = notice(state, since, before["since"])
    remarks, reached = tell(said, reports, channels)
    if reached:
        _keep(place, state, since, told=True)
    return remarks


def tell(notice: Notice, reports: Path, channels: ChannelSettings) -> tuple[list[str], bool]:
    """Tell whoever mends runs; return remarks, and whether anybody was reached, if only by a file.

    A channel that is not configured writes ``<reports>/runs/<identifier>.eml`` in its place.
    """
    remarks, reached = [], False
    for send in (_by_mail, _by_chat):
        try:
            reached = send(reports, channels, notice) or reached
        except (ChannelClosed, NotSent, Unanswered) as error:
            remarks.append(f"Nobody could be told: {notice.subject}: {error}")
    return remarks, reached


def _by_mail(reports: Path, channels: ChannelSettings, notice: Notice) -> bool:
    if not channels.has_mail:
        letter = _letter(channels, notice, [f"{AUDIENCE}@example.invalid"])
        with write_atomically(reports / RUNS / f"{notice.identifier}.eml") as file:
            file.write_bytes(letter.as_bytes())
        return not channels.has_chat
    mail = Mail(channels)
    try:
        addresses = mail.addresses_of(AUDIENCE)
        if not addresses:
            raise NotSent(unknown_recipient(AUDIENCE))
        mail.deliver(_letter(channels, notice, addresses), addresses, lambda: None)
    finally:
        mail.close()
    return True


def _by_chat(reports: Path, channels: ChannelSettings, notice: Notice) -> bool:
    if not channels.has_chat:
        return False
    chat = Chat(channels)
    if channels.chat_format == "slack":
        payload = {"text": f"*{slack_text(notice.subject)}*\n{slack_text(notice.text)}"[:2900]}
    else:
        payload = {"id": notice.identifier, "summary": notice.subject, "text": notice.text}
    try:
        chat.post(payload, notice.identifier, lambda: None)
    finally:
        chat.close()
    return True


def _letter(channels: ChannelSettings, notice: Notice, addresses: Sequence[str]) -> EmailMessage:
    letter = blank_letter(notice.subject, channels.sender, addresses, f"{notice.identifier}.runs")
    html = f"<!doctype html><html lang='en'><body><p>{escape(notice.subject)}</p><pre>"
    return filled(letter, notice.text, f"{html}{escape(notice.text)}</pre></body></html>")


def _notice(
    job: str, state: str, since: str, bad_since: str | None, reasons: Sequence[str]
) -> Notice:
    identifier = f"{_of(job, 'run')}-{since.replace(':', '').replace('+', '-')}-{state}"
    if state == GOOD:
        text = f"The {job} run went well again. Runs had failed since {bad_since}."
        return Notice(identifier, f"[good] The {job} run is good again", text)
    why = "\n".join(plain(line, 400) for reason in reasons for line in reason.splitlines())
    text = (
        f"{why[:LONGEST_REASON] or 'No reason was given.'}\n\nNothing was delivered past the step "
        "that failed; the last good publication stays. You hear of this again when it is good."
    )
    return Notice(identifier, f"[critical] The {job} run failed", text)


def _keep(place: Path, state: str, since: str | None, told: bool) -> None:
    with write_atomically(place) as unfinished:
        note = {"state": state, "since": since, "told": told}
        unfinished.write_text(json.dumps(note), encoding="utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
