"""The weekly report by mail: to whom subscribed, an edition once each."""

from dataclasses import replace

import pytest

from orchestration.alerting.weekly import weekly_mail
from orchestration.settings.channels import ChannelSettings
from tests.alerting.outbox import AS_OF, book_of, settings_of
from tests.alerting.servers import mail_server

SUBSCRIBERS = "subscriber,scope_kind,scope,edition\nleaders,all,,weekly\ncsm_1,owner,csm_1,weekly\n"


@pytest.fixture
def settings(tmp_path):
    seeds = tmp_path / "dbt_project" / "seeds"
    seeds.mkdir(parents=True)
    (seeds / "report_subscribers.csv").write_text(SUBSCRIBERS)
    return replace(settings_of(tmp_path), root=tmp_path)


def channels_of(box, folder):
    file = folder / "recipients.csv"
    file.write_text("recipient,address\nleaders,ada@example.com\n")
    return ChannelSettings(
        host="localhost",
        port=box.port,
        security="none",
        sender="health@example.com",
        recipients_file=file,
    )


def test_each_subscriber_gets_an_edition_once_and_who_is_unknown_is_named(settings, tmp_path):
    folder = settings.reports / str(AS_OF)
    with mail_server() as box:
        channels = channels_of(box, tmp_path)
        said = ["4 customers at risk\r\nBcc: all@example.com"]
        (remark,) = weekly_mail(folder, settings, channels, AS_OF, said)
        weekly_mail(folder, settings, channels, AS_OF, said)
    assert "csm_1 is in no line of MAIL_RECIPIENTS_FILE" in remark
    ((recipients, letter),) = box.letters
    assert recipients == ["ada@example.com"]
    assert letter["Subject"] == "Customer health, all customers, 31 Oct 2026"
    assert "4 customers at risk Bcc:" in letter.get_body(("plain",)).get_content()


def test_each_scope_is_told_its_own_and_gets_its_own_report(settings, tmp_path):
    folder = settings.reports / str(AS_OF)
    folder.mkdir(parents=True)
    (folder / "summary.txt").write_text("12 of all customers.")
    (folder / "report.pdf").write_bytes(b"%PDF all")
    (folder / "report-owner-csm_1.txt").write_text("3 of the book of csm_1.")
    (folder / "report-owner-csm_1.pdf").write_bytes(b"%PDF csm_1")
    with mail_server() as box:
        channels = channels_of(box, tmp_path)
        with channels.recipients_file.open("a") as file:
            file.write("csm_1,carl@example.com\n")
        assert weekly_mail(folder, settings, channels, AS_OF) == []
    told = {recipients[0]: letter for recipients, letter in box.letters}
    for address, said, others in (("ada@example.com", "12 of all", "csm_1"),
                                  ("carl@example.com", "3 of the book", "12 of all")):  # fmt: skip
        letter = told[address]
        for kind in ("plain", "html"):
            text = letter.get_body((kind,)).get_content()
            assert said in text
            assert others not in text
        (paper,) = letter.iter_attachments()
        assert paper.get_filename() == "customer-health-2026-10-31.pdf"
        assert paper.get_content().startswith(b"%PDF " + (b"all" if said[0] == "1" else b"csm_1"))


def test_a_scope_without_a_report_is_not_told_what_all_customers_are(settings):
    folder = settings.reports / str(AS_OF)
    folder.mkdir(parents=True)
    (folder / "summary.txt").write_text("12 of all customers.")
    assert weekly_mail(folder, settings, ChannelSettings(), AS_OF) == []
    letters = [path.read_text() for path in (folder / "outbox").glob("*.eml")]
    assert sum("12 of all" in letter for letter in letters) == 1
    assert sum("There is no report of it" in letter for letter in letters) == 1


def test_without_a_server_each_letter_is_a_file_below_the_report(settings):
    folder = settings.reports / str(AS_OF)
    folder.mkdir(parents=True)
    (folder / "summary.txt").write_text("What the report says first.")
    assert weekly_mail(folder, settings, ChannelSettings(), AS_OF) == []
    letters = sorted((folder / "outbox").glob("*.eml"))
    assert len(letters) == 2
    told = [b"What the report says first." in letter.read_bytes() for letter in letters]
    assert sorted(told) == [False, True], "csm_1 is not told what all customers are"
    assert {state for _, state, _ in book_of(settings)} == {"sending", "sent"}
