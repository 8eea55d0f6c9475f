"""Pushes that turn bad and good again: told once each, with what has to be looked at."""

from email import message_from_bytes, policy

import pytest

from orchestration.alerting.push_health import note_pushes
from orchestration.crm.alarm import reasons_to_tell
from orchestration.crm.choice import ACCEPTED, HELD, INVALID, REFUSED, ChosenField
from orchestration.crm.push import Pushed
from orchestration.crm.wanted import WantedField
from orchestration.settings.channels import ChannelSettings
from orchestration.settings.crm import CrmSettings
from tests.alerting.servers import chat_system
from tests.alerting.test_run_health import TORN
from tests.conftest import AS_OF
from tests.crm.company import alter, company_in, crm_of, pushed
from tests.crm.conftest import hubspot

__all__ = ["hubspot"]


def fields(total, bad, status=REFUSED, next_try_date=None):
    return [
        ChosenField(
            WantedField(f"a{n}", f"k{n}", "p", "1"),
            None,
            status if n < bad else ACCEPTED,
            "no such option" if n < bad else "updated",
            next_try_date=next_try_date,
        )
        for n in range(total)
    ]


@pytest.mark.parametrize(
    ("given", "earlier", "held", "said"),
    [
        (fields(100, 5), [], "", []),
        (fields(100, 6), [], "", ["6 of 100 fields, of 6 accounts, are not taken, more than 5 %: "
                                  "no such option"]),
        (fields(100, 6, INVALID), [], "", ["6 of 100 fields, of 6 accounts"]),
        # What rests after a refusal is still refused; what is held for another reason is not.
        (fields(100, 6, HELD, AS_OF), [], "", ["6 of 100 fields, of 6 accounts"]),
        (fields(100, 6, HELD), [], "", []),
        (fields(3, 1), [], "", []),
        (fields(70, 0), [100, 100, 100], "", []),
        (fields(69, 0), [100, 100, 100], "", ["69 accounts are there, and 100 were in the pushes"]),
        (fields(131, 0), [100, 90, 110, 100], "", ["131 accounts are there, and 100 were"]),
        # Two pushes make nothing usual, and what was before the last eight does not count.
        (fields(10, 0), [100, 100], "", []),
        (fields(10, 0), [10] * 8 + [100] * 20, "", []),
        (fields(0, 0), [100, 100, 100], "", ["0 accounts are there, and 100 were"]),
        (fields(5, 0), [], "the token is not taken", ["nothing was sent: the token is not taken"]),
    ],
)  # fmt: skip
def test_somebody_is_told_of_what_is_not_taken_of_accounts_that_are_gone_and_of_a_hold(
    given, earlier, held, said
):
    found = list(reasons_to_tell(given, earlier, held, CrmSettings()))
    assert len(found) == len(said)
    assert all(reason.startswith(begins) for reason, begins in zip(found, said, strict=True))


def push_of(folder, *alarms, is_dry=False):
    return Pushed("hubspot", {}, folder / "hubspot.csv", "", is_dry, (), alarms)


def told(folder, *alarms, is_dry=False, channels=None):
    return note_pushes(
        folder / "warehouse.duckdb",
        folder / "reports",
        channels or ChannelSettings(),
        [push_of(folder, *alarms, is_dry=is_dry)],
    )


def letters(folder):
    found = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (folder / "reports" / "runs").glob("*.eml")
    ]
    return sorted(letter["Subject"] for letter in found), found


def test_a_push_is_told_once_when_it_turns_bad_and_once_when_it_is_good(tmp_path):
    for alarms in ((), ("6 refused",), ("7 refused",), (), ()):
        assert told(tmp_path, *alarms) == []
    subjects, found = letters(tmp_path)
    assert subjects == [
        "[good] The push to hubspot is good again",
        "[warning] The push to hubspot needs somebody",
    ]
    texts = [letter.get_body(("plain",)).get_content() for letter in found]
    assert any("- 6 refused" in text and "hubspot.csv" in text for text in texts)


def test_a_dry_push_tells_nobody_and_changes_nothing(tmp_path):
    assert told(tmp_path, "6 refused", is_dry=True) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("torn", TORN)
def test_a_torn_note_of_it_is_as_good_as_none(tmp_path, torn):
    (tmp_path / "warehouse.hubspot_push.json").write_text(torn)
    assert told(tmp_path, "6 refused") == []
    assert len(letters(tmp_path)[0]) == 1


def test_an_answer_of_a_customer_system_is_no_mark_and_no_header(tmp_path):
    webhook = tmp_path / "webhook"
    with chat_system() as room:
        webhook.write_text(room.url)
        told(
            tmp_path, "<!channel>\r\nBcc: x \u202e", channels=ChannelSettings(webhook_file=webhook)
        )
    ((_, body),) = room.posts
    assert "<!channel>" not in body["text"]
    (_, (letter,)) = letters(tmp_path)
    assert letter["Bcc"] is None
    assert "\u202e" not in letter.get_body(("plain",)).get_content()


def test_a_real_push_says_that_accounts_are_gone_that_much_is_refused_and_that_it_is_over(
    tmp_path, hubspot
):
    settings = company_in(tmp_path, count=10)
    crm = crm_of(tmp_path, hubspot=hubspot)
    for _ in range(3):
        assert pushed(settings, crm)["hubspot"].alarms == ()
    alter(settings, "create table marts.whole as from marts.dim_accounts")
    alter(settings, "delete from marts.dim_accounts where account_id not in ('a1', 'a2', 'a3')")
    (gone,) = pushed(settings, crm)["hubspot"].alarms
    assert gone.startswith("3 accounts are there, and 10 were")
    alter(settings, "insert into marts.dim_accounts from marts.whole where account_id not in "
          "('a1', 'a2', 'a3')")  # fmt: skip
    hubspot.properties.discard("health_mrr")
    alter(settings, "update marts.fct_account_daily set mrr = mrr + 1")
    for _ in range(2):
        (lost,) = pushed(settings, crm)["hubspot"].alarms
        assert lost.startswith("10 of 80 fields, of 10 accounts, are not taken, more than 5 %")
