"""A notifier that is killed anywhere, and the next one: nothing is lost, nothing comes twice.

``KILLED_NOTIFIERS`` says how many times, 12 where it is left out: in turn before and after every
line of the book, every envelope, every letter and every post. A letter that may have been taken
comes again as the same letter (the same Message-ID), which is all that SMTP lets anybody know.
"""

import os

import pytest

from orchestration.alerting.book import Book
from orchestration.alerting.chat import Chat
from orchestration.alerting.mail import Mail
from orchestration.alerting.notify import notify
from orchestration.settings.channels import ChannelSettings
from tests.alerting.outbox import book_of, publish, row, settings_of
from tests.alerting.servers import chat_system, mail_server

pytestmark = pytest.mark.exhaustive

TIMES = int(os.environ.get("KILLED_NOTIFIERS", "12"))
KILLED = 9
# Before and after each of six calls for one letter and one post each.
MOMENTS = 14


def notify_and_die(moment, settings, channels):
    """Notify in a process that dies at a moment; return whether it died."""
    child = os.fork()
    if child == 0:
        passed = 0

        def dying(method):
            def wrapped(*given, **named):
                nonlocal passed
                for do in (lambda: None, lambda: method(*given, **named)):
                    result = do()
                    if passed == moment:
                        os._exit(KILLED)
                    passed += 1
                return result

            return wrapped

        import smtplib

        for owner, name in (
            (Book, "note"),
            (smtplib.SMTP, "data"),
            (Mail, "_envelope"),
            (Chat, "_once"),
        ):
            setattr(owner, name, dying(getattr(owner, name)))
        try:
            notify(settings, channels)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == KILLED


def test_a_killed_notifier_neither_loses_nor_doubles(tmp_path):
    settings = settings_of(tmp_path)
    recipients, webhook = tmp_path / "recipients.csv", tmp_path / "webhook"
    recipients.write_text("recipient,address\ncsm_1,ada@example.com\n")
    kills = repeated = 0
    with mail_server() as box, chat_system() as room:
        webhook.write_text(room.url)
        channels = ChannelSettings(
            host="localhost",
            port=box.port,
            security="none",
            sender="health@example.com",
            recipients_file=recipients,
            webhook_file=webhook,
            chat_format="generic",
        )
        for turn in range(TIMES):
            publish(settings, [row(turn), row(turn, channel="chat")])
            letters, posts = len(box.letters), len(room.posts)
            kills += notify_and_die(turn % MOMENTS, settings, channels)
            notify(settings, channels)
            fresh = box.identifiers[letters:]
            assert len(set(fresh)) == 1, "the letter is there, and no other one"
            assert len(fresh) <= 2
            repeated += len(fresh) - 1
            assert len(room.posts) - posts == 1, "the post is there once"
            assert +notify(settings, channels).counts["mail"] == {}
    assert kills >= TIMES * 12 // MOMENTS
    # Only a kill between the letter and the line after it has it sent again.
    assert repeated <= kills * 3 // MOMENTS + 3
    states = book_of(settings, "event_id, channel, state")
    assert sum(state == "sent" for _, _, state in states) == 2 * TIMES
    assert len({(event, channel) for event, channel, state in states if state == "sent"}) == (
        2 * TIMES
    )
