"""The notifier against a chat system of this machine, which limits, fails, is slow and drips."""

import time
from functools import partial

import pytest

from orchestration.alerting.chat import Chat
from orchestration.alerting.notify import notify
from orchestration.settings.channels import ChannelSettings
from tests.alerting.outbox import book_of, publish, row, settings_of
from tests.alerting.servers import chat_system

post = partial(row, channel="chat")


@pytest.fixture
def settings(tmp_path):
    return settings_of(tmp_path)


@pytest.fixture
def room():
    with chat_system() as system:
        yield system


def channels_of(room, folder, chat_format="slack", **more):
    file = folder / "webhook"
    file.write_text(room.url + "\n")
    return ChannelSettings(
        webhook_file=file, chat_format=chat_format, **{"timeout_seconds": 2, **more}
    )


def told(settings, channels, waits=None):
    """Notify, with waits that are written down and not waited for."""
    sleep = (waits if waits is not None else []).append
    return notify(settings, channels, lambda *_: Chat(channels, sleep)).counts["chat"]


def test_slack_gets_a_text_and_blocks_and_each_event_once(settings, tmp_path, room):
    publish(settings, [post(1), post(2)])
    assert told(settings, channels_of(room, tmp_path))["sent"] == 2
    assert +told(settings, channels_of(room, tmp_path)) == {}
    assert room.asked == len(room.posts) == 2
    _, body = room.posts[0]
    assert set(body) == {"text", "blocks", "unfurl_links", "unfurl_media"}
    assert body["blocks"][0]["text"]["text"].startswith("*[warning] Company 1: has gone silent")


def test_the_generic_format_names_message_event_and_alert(settings, tmp_path, room):
    publish(settings, [post(1)])
    told(settings, channels_of(room, tmp_path, "generic"))
    ((identifier, body),) = room.posts
    assert body["id"] == identifier
    assert body["events"][0]["id"] == "event1"
    assert body["events"][0]["value"] == 14


def test_we_wait_as_long_as_we_are_asked_to(settings, tmp_path, room):
    publish(settings, [post(1)])
    room.answers = [(429, {"Retry-After": "7"}), (429, {"Retry-After": "nonsense"})]
    waits = []
    assert told(settings, channels_of(room, tmp_path), waits)["sent"] == 1
    assert waits == [7, 1]


def test_a_wait_that_is_too_long_leaves_the_rest_for_later(settings, tmp_path, room):
    publish(settings, [post(1), post(2)])
    room.answers = [(429, {"Retry-After": "3600"})]
    assert told(settings, channels_of(room, tmp_path))["waiting"] == 2
    assert room.asked == 1
    assert told(settings, channels_of(room, tmp_path))["sent"] == 2


def test_a_server_that_fails_is_asked_again_and_then_left(settings, tmp_path, room):
    publish(settings, [post(1)])
    room.answers = [(503, {})] * 4
    assert told(settings, channels_of(room, tmp_path))["failed"] == 1
    assert room.asked == 4
    assert told(settings, channels_of(room, tmp_path))["sent"] == 1


def test_silence_ends_after_the_time_and_the_same_post_comes_again(settings, tmp_path, room):
    publish(settings, [post(1)])
    room.silent_seconds = 2
    began = time.monotonic()
    assert told(settings, channels_of(room, tmp_path, timeout_seconds=1))["unanswered"] == 1
    assert time.monotonic() - began < 2
    room.silent_seconds = 0
    assert told(settings, channels_of(room, tmp_path))["sent"] == 1
    time.sleep(1.5)
    assert room.asked == 2
    assert len(room.posts) == 1, "the identifier is the same, so it was taken once"


def test_an_answer_that_drips_is_no_reason_to_wait(settings, tmp_path, room):
    publish(settings, [post(1)])
    room.drip_seconds = 5
    began = time.monotonic()
    assert told(settings, channels_of(room, tmp_path, timeout_seconds=1))["sent"] == 1
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_webhook_that_is_taken_away_is_said_without_its_address(settings, tmp_path, room, status):
    publish(settings, [post(1), post(2)])
    room.answers = [(status, {})]
    done = notify(settings, channels_of(room, tmp_path))
    assert done.counts["chat"]["waiting"] == 2
    assert "CHAT_WEBHOOK_URL_FILE" in done.remarks[0]
    assert room.url not in done.remarks[0]
    assert {state for _, state, _ in book_of(settings)} == {"sending", "failed"}


def test_what_is_refused_keeps_nothing_else(settings, tmp_path, room):
    publish(settings, [post(1), post(2)])
    room.answers = [(400, {})]
    counts = told(settings, channels_of(room, tmp_path))
    assert (counts["failed"], counts["sent"]) == (1, 1)


@pytest.mark.parametrize("content", ["", "no address", "http://example.com/hook", "ftp://x"])
def test_a_file_without_a_safe_address_is_named(settings, tmp_path, content):
    publish(settings, [post(1)])
    file = tmp_path / "webhook"
    file.write_text(content)
    done = notify(settings, ChannelSettings(webhook_file=file))
    assert done.counts["chat"]["waiting"] == 1
    assert "CHAT_WEBHOOK_URL_FILE" in done.remarks[0]


def test_a_name_is_no_link_no_mention_and_no_mark(settings, tmp_path, room):
    name = "<!channel> <https://example.com|click> *bold* @here & `code` " + "x" * 10_000
    publish(settings, [post(1, entity_name=name)])
    told(settings, channels_of(room, tmp_path))
    ((_, body),) = room.posts
    text = body["text"]
    assert "<" not in text
    assert "@here" not in text
    assert "&lt;!channel&gt;" in text
    assert all(len(block["text"]["text"]) < 3000 for block in body["blocks"])
