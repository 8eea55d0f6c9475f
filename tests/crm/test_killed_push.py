"""A push that is killed anywhere, and the next one: each value is written once and acknowledged.

``KILLED_PUSHES`` says how many times, 8 where it is left out; the kills are spread over all
moments before and after each request and each note.
"""

import os
import random

import pytest

from orchestration.crm.book import Book
from orchestration.crm.exchange import Exchange
from tests.crm.company import alter, book, company_in, crm_of, pushed

pytestmark = pytest.mark.exhaustive

TIMES = int(os.environ.get("KILLED_PUSHES", "8"))
SEED = 7
COUNT = 250
FIELDS = 7
KILLED = 9


def killed_at(moment, settings, crm):
    """Push in a process that dies at a moment; return whether it died and did not end before."""
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

        for owner, name in ((Exchange, "_once"), (Book, "begin"), (Book, "send"), (Book, "note")):
            setattr(owner, name, dying(getattr(owner, name)))
        try:
            pushed(settings, crm)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == KILLED


@pytest.mark.parametrize("system", ["hubspot", "salesforce"])
def test_a_killed_push_is_finished_by_the_next_one_and_nothing_is_written_twice(
    tmp_path, request, system
):
    server = request.getfixturevalue(system)
    settings = company_in(tmp_path, count=COUNT)
    crm = crm_of(tmp_path, **{system: server})
    chance = random.Random(SEED)
    kills = 0
    for turn in range(TIMES // 2):
        alter(settings, f"update marts.fct_account_daily set mrr = {1000 + turn}")
        server.changes.clear()
        moment = chance.randrange(16)
        kills += killed_at(moment, settings, crm)
        pushed(settings, crm)
        name = {"hubspot": "health_mrr", "salesforce": "Health_Mrr__c"}[system]
        changes = [change for change in server.changes if change[1] == name]
        assert len(changes) == COUNT, "each value is written once"
        assert {float(record[name]) for record in list(server.records.values())[:COUNT]} == {
            1000.0 + turn
        }
        assert sum(len(keys) for keys in server.writes) == COUNT, "and sent once"
        server.writes.clear()
    assert kills
    assert pushed(settings, crm)[system].counts["unchanged"] == COUNT * 8
    assert server.writes == []
    assert book(settings, "select count(*) from raw.crm_in_flight") == [(0,)]
    assert book(
        settings,
        f"select count(*) from raw.crm_acknowledged where destination = '{system}' "
        "having count(*) = count(distinct (account_id, property))",
    ) == [(COUNT * FIELDS,)]
