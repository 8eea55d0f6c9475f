"""The people: users, and which account they belong to from when to when.

What is here: users and dated memberships, including people in two accounts and people who
moved. What is not here: what they do (``usage.py``).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.demo.company import Company
from data.demo.horizon import NEVER
from data.demo.streams import Streams
from data.demo.text import Vocabulary

FIRST = (
    "anna",
    "ben",
    "carla",
    "dev",
    "elena",
    "felix",
    "grace",
    "hugo",
    "ines",
    "jonas",
    "kavya",
    "liam",
    "mara",
    "noah",
    "olga",
    "paulo",
    "qi",
    "rosa",
    "sven",
    "tara",
)
LAST = (
    "kowalska",
    "meyer",
    "silva",
    "patel",
    "jones",
    "novak",
    "rossi",
    "dubois",
    "nguyen",
    "olsen",
    "garcia",
    "weber",
    "tanaka",
    "okafor",
    "haas",
    "lindt",
    "costa",
)
DEPARTMENTS = ("operations", "finance", "marketing", "engineering", "sales", "support")
FROM_DAY_ONE = 0.4


@dataclass(frozen=True)
class People:
    """Users, and memberships in order of account and joining; days as in the horizon."""

    home: np.ndarray
    device_seed: np.ndarray
    emails: list[str]
    account: np.ndarray
    user: np.ndarray
    joined: np.ndarray
    left: np.ndarray
    first_member: np.ndarray
    is_internal: np.ndarray

    @cached_property
    def words(self) -> Vocabulary:
        """Return the identifiers as words to pick from, and none after the last."""
        return Vocabulary([*self.ids, None])

    @cached_property
    def ids(self) -> list[str]:
        """Return the user identifiers, in order."""
        return [f"usr_{number:06d}" for number in range(1, len(self.home) + 1)]

    def present(self, day: int) -> np.ndarray:
        """Return for each account how many members had joined by a day."""
        return np.add.reduceat((self.joined <= day).astype(np.int64), self.first_member)


def settle_people(company: Company, streams: Streams) -> People:
    """Draw members for every account, then let some share, move or come from us."""
    rng = streams.stream("people")
    members = np.clip(np.round(company.seats * rng.uniform(0.6, 1.15, len(company))), 1, 400)
    members = members.astype(np.int64)
    members[0] = max(members[0], 8)
    first = np.concatenate(([0], np.cumsum(members)[:-1]))
    account = np.repeat(np.arange(len(company)), members)
    joined = _joining(rng, company, account, first, members)
    left = np.where(rng.random(len(account)) < 0.04, joined + rng.integers(60, 400), NEVER)
    left[first] = NEVER
    user = _share(rng, company, account, first, members, joined, left)
    home = np.full(user.max() + 1, -1)
    home[user[::-1]] = account[::-1]
    guests = account == 0
    internal = np.zeros(len(home), bool)
    internal[user[guests]] = True
    return People(
        home=home,
        device_seed=rng.integers(0, 1 << 30, len(home)),
        emails=_emails(rng, company, home),
        account=account,
        user=user,
        joined=joined,
        left=left,
        first_member=first,
        is_internal=internal,
    )


def _joining(
    rng: np.random.Generator,
    company: Company,
    account: np.ndarray,
    first: np.ndarray,
    members: np.ndarray,
) -> np.ndarray:
    """Return the day of joining, ascending in each account; some join at its start."""
    rank = np.arange(len(account)) - first[account]
    at_start = rank < np.ceil(FROM_DAY_ONE * members[account])
    delay = np.where(at_start, 0, rng.integers(3, 220, len(account)))
    joined = company.start_day[account] + delay
    return joined[np.lexsort((joined, account))]


def _share(
    rng: np.random.Generator,
    company: Company,
    account: np.ndarray,
    first: np.ndarray,
    members: np.ndarray,
    joined: np.ndarray,
    left: np.ndarray,
) -> np.ndarray:
    """Give the last seat of some accounts to a person of another; every sixth is one of us.

    Of three such people, one belongs to both at once, two move from one account to the other.
    """
    user = np.arange(len(account))
    candidates = np.flatnonzero((members > 3) & (company.kind == 0))
    hosts = rng.permutation(candidates)[: max(6, len(candidates) // 12)]
    for turn, host in enumerate(hosts):
        seat = first[host] + members[host] - 1
        source = 0 if turn % 6 == 5 else hosts[turn - 1]
        member = first[source] + 1
        if user[member] != member or left[member] != NEVER:
            member = first[source] + 2
        user[seat] = user[member]
        if source and turn % 3:
            left[member] = max(joined[seat], joined[member] + 1)
            joined[seat] = left[member]
        else:
            joined[seat] = max(joined[seat], joined[member])
    return np.unique(user, return_inverse=True)[1]


def _emails(rng: np.random.Generator, company: Company, home: np.ndarray) -> list[str]:
    """Return an address for each user at the domain of the home account."""
    first, last = rng.integers(0, len(FIRST), len(home)), rng.integers(0, len(LAST), len(home))
    return [
        f"{FIRST[f]}.{LAST[s]}{number}@{company.domains[account]}"
        for number, (f, s, account) in enumerate(zip(first, last, home, strict=True))
    ]
