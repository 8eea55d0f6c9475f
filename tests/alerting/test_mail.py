"""The notifier against a mail server of this machine, which asks, refuses and goes away."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import duckdb
import pytest

from orchestration.alerting.mail import Mail
from orchestration.alerting.notify import notify
from orchestration.settings.channels import ChannelSettings
from tests.alerting.outbox import AS_OF, book_of, publish, row, settings_of
from tests.alerting.servers import PASSWORD, USER, certificate_in, mail_server


@pytest.fixture
def settings(tmp_path):
    return settings_of(tmp_path)


def channels_of(box, folder, recipients="csm_1,ada@example.com\n", **more):
    file = folder / "recipients.csv"
    file.write_text(f"recipient,address\n{recipients}")
    return ChannelSettings(
        host="localhost",
        port=box.port,
        sender="health@example.com",
        recipients_file=file,
        timeout_seconds=3,
        **{"security": "none", **more},
    )


def test_each_event_is_one_letter_and_is_sent_once(settings, tmp_path):
    publish(settings, [row(1), row(2)])
    with mail_server() as box:
        first = notify(settings, channels_of(box, tmp_path))
        again = notify(settings, channels_of(box, tmp_path))
    assert first.counts["mail"]["sent"] == 2
    assert +again.counts["mail"] == {}
    assert len(set(box.identifiers)) == len(box.letters) == 2
    recipients, letter = box.letters[0]
    assert recipients == ["ada@example.com"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"].startswith("[warning] Company ")
    kinds = [part.get_content_type() for part in letter.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert book_of(settings)[:2] == [("event1", "sending", "live"), ("event1", "sent", "live")]


def test_one_alert_beyond_the_week_is_not_called_many(settings, tmp_path):
    publish(settings, [row(1, form="over_budget")])
    with mail_server() as box:
        notify(settings, channels_of(box, tmp_path))
    ((_, letter),) = box.letters
    text = " ".join(letter.get_body(("plain",)).get_content().split())
    assert "You have had as many alerts this week as one person can follow up" in text
    assert "More alerts than" not in text


def test_many_at_once_are_one_digest_below_100_kb(settings, tmp_path):
    publish(settings, [row(n, form="digest", runbook="what to do " * 90) for n in range(300)])
    with mail_server() as box:
        told = notify(settings, channels_of(box, tmp_path))
    ((_, letter),) = box.letters
    assert told.counts["mail"]["sent"] == 300
    assert len(letter.as_bytes()) < 100_000
    assert "300 alerts" in letter["Subject"]
    assert "and 280 more" in letter.get_body(("plain",)).get_content()


def test_the_server_asks_who_we_are_behind_starttls(settings, tmp_path, monkeypatch):
    publish(settings, [row(1)])
    certificate = certificate_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n")
    with mail_server(certificate, asks=True) as box:
        asked = channels_of(box, tmp_path, security="starttls", user=USER, password_file=secret)
        assert notify(settings, asked).counts["mail"]["sent"] == 1
    assert len(box.letters) == 1


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(settings, tmp_path):
    publish(settings, [row(1)])
    with mail_server(certificate_in(tmp_path)) as box:
        told = notify(settings, channels_of(box, tmp_path, security="starttls"))
    assert told.counts["mail"]["waiting"] == 1
    assert "no mail can be sent" in told.remarks[0]
    assert box.letters == []


def test_a_password_that_is_not_taken_is_said_once_and_all_waits(settings, tmp_path, monkeypatch):
    publish(settings, [row(1), row(2)])
    certificate = certificate_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    secret = tmp_path / "password"
    secret.write_text("the old one")
    with mail_server(certificate, asks=True) as box:
        asked = channels_of(box, tmp_path, security="starttls", user=USER, password_file=secret)
        told = notify(settings, asked)
        assert told.counts["mail"]["waiting"] == 2
        assert len(told.remarks) == 1
        assert "SMTP_PASSWORD_FILE" in told.remarks[0]
        assert "the old one" not in told.remarks[0]
        secret.write_text(PASSWORD)
        assert notify(settings, asked).counts["mail"]["sent"] == 2
    assert len(set(box.identifiers)) == 2


def test_one_refused_recipient_keeps_the_others_from_nothing(settings, tmp_path):
    publish(settings, [row(1), row(2, audience="csm_2")])
    lines = "csm_1,ada@example.com\ncsm_1,gone@example.com\ncsm_2,gone@example.com\n"
    with mail_server() as box:
        box.refused = {"gone@example.com": "550 gone@example.com is unknown"}
        told = notify(settings, channels_of(box, tmp_path, lines))
    assert told.counts["mail"] == {"sent": 1, "failed": 1, "skipped": 0, "waiting": 0}
    assert [recipients for recipients, _ in box.letters] == [["ada@example.com"]]
    assert any("1 of 2 recipients refused" in text for text in told.remarks)
    assert not any("@" in text for text in told.remarks)


@pytest.mark.parametrize("answer", ["451 later", "452 full", "421 closing", "554 no"])
def test_a_letter_that_is_refused_is_tried_again_in_the_next_run(settings, tmp_path, answer):
    publish(settings, [row(1), row(2)])
    with mail_server() as box:
        box.answers = [answer]
        first = notify(settings, channels_of(box, tmp_path))
        assert (first.counts["mail"]["failed"], first.counts["mail"]["sent"]) == (1, 1)
        assert notify(settings, channels_of(box, tmp_path)).counts["mail"]["sent"] == 1
    assert len(set(box.identifiers)) == len(box.letters) == 2


def test_whom_nobody_knows_is_named_and_the_others_are_told(settings, tmp_path):
    publish(settings, [row(1, audience="nobody"), row(2)])
    with mail_server() as box:
        told = notify(settings, channels_of(box, tmp_path))
    assert len(box.letters) == 1
    assert "nobody is in no line of MAIL_RECIPIENTS_FILE" in told.remarks[0]


def test_where_no_server_answers_all_waits_and_nothing_is_lost(settings, tmp_path):
    publish(settings, [row(1)])
    with mail_server() as box:
        pass
    told = notify(settings, channels_of(box, tmp_path))
    assert told.counts["mail"]["waiting"] == 1
    assert book_of(settings) == []
    with mail_server() as box:
        assert notify(settings, channels_of(box, tmp_path)).counts["mail"]["sent"] == 1


def test_an_answer_that_never_comes_has_the_same_letter_sent_again(settings, tmp_path):
    publish(settings, [row(1)])

    class Cut(Mail):
        def deliver(self, letter, addresses, before):
            self.server = self._connected()
            taken = self.server.data

            def cut(content):
                taken(content)
                raise ConnectionResetError

            self.server.data = cut
            return super().deliver(letter, addresses, before)

    with mail_server() as box:
        channels = channels_of(box, tmp_path)
        told = notify(settings, channels, lambda *_: Cut(channels))
        assert told.counts["mail"]["unanswered"] == 1
        assert notify(settings, channels).counts["mail"]["sent"] == 1
    assert len(box.letters) == 2
    assert len(set(box.identifiers)) == 1
    assert "you may have this twice" in box.letters[1][1].get_body(("plain",)).get_content()


def test_an_end_is_told_to_whom_the_alert_was_told_and_to_nobody_else(settings, tmp_path):
    lines = "csm_1,ada@example.com\ncsm_2,bob@example.com\n"
    publish(settings, [row(1), row(2, audience="csm_2")])
    with mail_server() as box:
        channels = channels_of(box, tmp_path, lines)
        box.refused = {"bob@example.com": "450 later"}
        notify(settings, channels)
        box.refused = {}
        ends = [
            row(3, alert_id="alert1", event="recovered"),
            row(4, alert_id="alert2", event="recovered", audience="csm_2"),
        ]
        publish(settings, ends)
        told = notify(settings, channels)
    assert told.counts["mail"] == {"sent": 1, "skipped": 1, "waiting": 0}
    assert [recipients for recipients, _ in box.letters] == [["ada@example.com"]] * 2
    subject = box.letters[1][1]["Subject"]
    assert "Good again" in subject
    assert "(the alert was: " in subject


@pytest.mark.parametrize(
    ("event", "value", "said"),
    [
        ("opened", 1.0, "[critical] Company 1: has asked to cancel"),
        ("recovered", 0.0, "Good again: Company 1, no longer (the alert was: has asked to cancel)"),
    ],
)
def test_what_is_so_or_not_is_said_without_a_number(settings, tmp_path, event, value, said):
    told = {"label": "has asked to cancel", "unit": "yes or no", "severity": "critical",
            "entity_name": "Company 1"}  # fmt: skip
    publish(settings, [row(1, **told, observed_value=1.0)])
    with mail_server() as box:
        channels = channels_of(box, tmp_path)
        notify(settings, channels)
        publish(settings, [row(1 + (event != "opened"), **told, alert_id="alert1", event=event,
                               observed_value=value)])  # fmt: skip
        notify(settings, channels)
    subjects = [letter["Subject"] for _, letter in box.letters]
    assert subjects[-1].endswith(said)
    for part in ("plain", "html"):
        content = " ".join(box.letters[-1][1].get_body((part,)).get_content().split())
        assert "has asked to cancel" in content
        assert "now 1" not in content


@pytest.mark.parametrize(
    ("unit", "value", "event", "said"),
    [
        ("days", 1.0, "opened", "has gone silent, 1 day on 28 Oct 2026"),
        ("days", 28.0, "opened", "has gone silent, 28 days on 28 Oct 2026"),
        ("tickets", 1.0, "worsened", "has gone silent, 1 ticket on 28 Oct 2026"),
        ("minutes", 734.0, "escalated", "has gone silent, 12.2 h on 28 Oct 2026"),
        ("", 28.0, "opened", "has gone silent, 28 on 28 Oct 2026"),
        ("days", 0.0, "recovered", "0 days on 28 Oct 2026 (the alert was: has gone silent)"),
    ],
)
def test_a_value_is_said_with_its_day_as_the_page_says_it(
    settings, tmp_path, unit, value, event, said
):
    # A run of 31 October tells what a run before it could not: "now" would be the wrong day.
    publish(settings, [row(1, alert_id="alert1")])
    with mail_server() as box:
        channels = channels_of(box, tmp_path)
        notify(settings, channels)
        publish(settings, [row(2, alert_id="alert1", event=event, unit=unit or None,
                               observed_value=value, event_date=AS_OF - timedelta(3))])  # fmt: skip
        notify(settings, channels)
    letter = box.letters[-1][1]
    assert letter["Subject"].endswith(said)
    html = letter.get_body(("html",)).get_content()
    assert f'data-value="{value}">{said.rpartition(" on 28")[0].rpartition(", ")[2]}</span>' in html


@pytest.mark.parametrize("event", ["opened", "escalated"])
def test_the_subject_says_what_happened_however_long_the_name_is(settings, tmp_path, event):
    publish(settings, [row(1, alert_id="alert1", severity="critical")])
    told = {"entity_name": "Consolidated Holding " * 6, "label": "can still opt out of its renewal"}
    with mail_server() as box:
        channels = channels_of(box, tmp_path)
        notify(settings, channels)
        publish(settings, [row(2, alert_id="alert1", event=event, severity="critical", **told)])
        notify(settings, channels)
    subject = box.letters[-1][1]["Subject"]
    assert subject.endswith("can still opt out of its renewal, 14 days on 31 Oct 2026")


def test_files_told_nobody_so_the_channel_that_comes_later_tells_all(settings, tmp_path):
    publish(settings, [row(1)])
    dry = notify(settings, ChannelSettings())
    assert dry.counts["mail"]["sent"] == 1
    (letter,) = dry.folder.glob("*.eml")
    assert b"@example.invalid" in letter.read_bytes()
    with mail_server() as box:
        assert notify(settings, channels_of(box, tmp_path)).counts["mail"]["sent"] == 1


def test_a_name_can_begin_no_header_and_no_mark_of_html(settings, tmp_path):
    names = [
        "Evil\r\nBcc: all@example.com\r\n\r\nHello",
        "<script>alert(1)</script>",
        "=cmd|'/c calc'!A1",
        "\"Quote\" 'and' more",
        "\u202eright to left\u2066",
        "x" * 10_000,
        "../../etc/passwd",
        "line\u2028separator\u0000nul\x1b[31m",
    ]
    publish(settings, [row(n, entity_name=name) for n, name in enumerate(names)])
    with mail_server() as box:
        assert notify(settings, channels_of(box, tmp_path)).counts["mail"]["sent"] == len(names)
    for recipients, letter in box.letters:
        assert recipients == ["ada@example.com"]
        assert letter["Bcc"] is None
        assert len(letter["Subject"]) <= 150
        assert not any(mark in letter["Subject"] for mark in "\r\n\u202e\u2066\u2028\0\x1b")
        assert "<script>" not in letter.get_body(("html",)).get_content()
        assert len(letter.as_bytes()) < 20_000


def test_a_message_that_is_made_twice_has_the_same_bytes(settings, tmp_path):
    publish(settings, [row(1)])
    first = notify(settings, ChannelSettings())
    (letter,) = first.folder.glob("*.eml")
    other = replace(settings, warehouse=tmp_path / "other" / "w.duckdb", reports=tmp_path / "r2")
    (again,) = notify(other, ChannelSettings()).folder.glob("*.eml")
    assert again.name == letter.name
    assert again.read_bytes() == letter.read_bytes()


def test_what_is_critical_has_a_picture_that_says_in_words_what_it_shows(settings):
    publish(settings, [row(1, severity="critical", observed_value=40.0)])
    with duckdb.connect(str(settings.published / "customer_health.duckdb")) as connection:
        connection.execute(
            "create table marts.dim_alert_rules as "
            "select 'account_silent' as rule, 14.0 as warning;"
            "create table marts.fct_alert_states as select 'account_silent' as rule, "
            f"'acc_1' as entity_id, date '{AS_OF}' - n::integer as alert_date, "
            "(40 - n)::double as observed_value from range(30) as days(n)"
        )
    (file,) = notify(settings, ChannelSettings()).folder.glob("*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    (picture,) = [part for part in letter.walk() if part.get_content_type() == "image/png"]
    html = letter.get_body(("html",)).get_content()
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html
    assert 'alt="Company 1, the last 30 days with a value up to 31 Oct 2026: from 11 days' in html
    assert len(file.read_bytes()) < 100_000
