"""Records: accounts, users and memberships in the CRM; consent, erasure and releases.

What is here: the tables about who there is, as exported. What is not here: how they were drawn
(``company.py``, ``people.py``).
"""

import numpy as np

from data.demo.company import COUNTRIES, INDUSTRIES, KINDS, REGIONS, SEGMENTS
from data.demo.damage import Recipe
from data.demo.horizon import DAY_MS, HOUR_MS, NEVER, ZONES
from data.demo.landing import Landing
from data.demo.people import DEPARTMENTS
from data.demo.streams import Streams
from data.demo.text import moments
from data.demo.usage import World

ROLES = ("analyst", "manager", "director", "engineer")
ACCOUNTS = Recipe("account_id", "account_id", None, "name", warnings={"updated_at": "recently"})
USERS = Recipe("user_id", "user_id", None, "department", warnings={"birth_year": "eighties"})
MEMBERS = Recipe("user_id", "account_id", ("valid_from", "n/a"), "role")
CONSENT = Recipe("purpose", "user_id", ("granted", "perhaps"), "purpose")


def write_records(world: World, landing: Landing, streams: Streams) -> None:
    """Write all tables of this module."""
    rng = streams.stream("records")
    _accounts(world, landing, rng)
    _users(world, landing, rng)
    _members(world, landing, rng)
    _privacy(world, landing, rng)
    _releases(world, landing)


def _accounts(world: World, landing: Landing, rng: np.random.Generator) -> None:
    """Write one line per account, two for those whose manager changed."""
    company, horizon = world.company, world.horizon
    created = horizon.instant(company.start_day) - rng.integers(1, 40, len(company)) * DAY_MS
    rows = []
    for account in range(len(company)):
        moved = rng.random() < 0.05 and company.start_day[account] < horizon.days - 60
        turn = int(horizon.instant(horizon.days - int(rng.integers(20, 60))))
        base = _account(world, account, int(created[account]))
        if moved:
            rows.append({**base, "updated_at": turn - DAY_MS, "valid_to": turn})
            base |= {
                "csm_id": f"csm_{(account + 4) % 9 + 1}",
                "valid_from": turn,
                "updated_at": turn,
            }
        rows.append(base)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    for name in ("created_at", "updated_at", "valid_from", "valid_to"):
        columns[name] = moments(columns[name])
    landing.rows("crm/accounts", "accounts.csv", columns, ACCOUNTS, rng)


def _account(world: World, account: int, created: int) -> dict:
    company = world.company
    parent, zone = int(company.parent[account]), int(company.zone[account])
    kind = KINDS[company.kind[account]]
    return {
        "account_id": company.ids[account],
        "name": company.names[account],
        "domain": company.domains[account],
        "parent_account_id": company.ids[parent] if parent >= 0 else None,
        # Now and then the export does not say what kind of account it is.
        "account_type": None if kind == "customer" and account % 50 == 20 else kind,
        "industry": INDUSTRIES[company.industry[account]],
        "country": COUNTRIES[zone],
        "region": REGIONS[zone],
        "size_band": SEGMENTS[company.segment[account]],
        "age_band": None,
        "plan_override": "scale" if account % 97 == 60 else None,
        "lifecycle_override": None,
        "owner_id": f"rep_{account % 7 + 1}",
        "csm_id": f"csm_{account % 9 + 1}",
        "timezone": ZONES[zone] if account % 40 != 33 else None,
        "created_at": created,
        "updated_at": created,
        "valid_from": created,
        "valid_to": None,
    }


def _first_and_last(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Return for each user the day of the first joining and of the last leaving."""
    people = world.people
    first = np.full(len(people.home), NEVER)
    np.minimum.at(first, people.user, people.joined)
    last = np.full(len(people.home), -NEVER)
    np.maximum.at(last, people.user, world.left)
    return first, last


def _users(world: World, landing: Landing, rng: np.random.Generator) -> None:
    """Write one line per person who has joined by the end."""
    people, horizon = world.people, world.horizon
    first, last = _first_and_last(world)
    users = np.flatnonzero(first < horizon.days)
    left = [None if day >= horizon.days else horizon.instant(int(day)) for day in last[users]]
    columns = {
        "user_id": [people.ids[u] for u in users],
        "email": [people.emails[u] for u in users],
        "role": rng.choice(ROLES, len(users)).tolist(),
        "department": rng.choice(DEPARTMENTS, len(users)).tolist(),
        # One in two of our own people is only known by the domain of the address.
        "is_internal": [bool(people.is_internal[u]) if u % 2 else None for u in users],
        "birth_year": rng.integers(1960, 2003, len(users)).tolist(),
        "age_band": [None] * len(users),
        "country": [COUNTRIES[world.company.zone[people.home[u]]] for u in users],
        "created_at": moments(horizon.instant(first[users]) + 7 * HOUR_MS),
        "deactivated_at": moments(left),
        "consent_analytics": [None if u % 3 else bool(u % 30) for u in users],
    }
    landing.rows("crm/users", "users.csv.gz", columns, USERS, rng)


def _members(world: World, landing: Landing, rng: np.random.Generator) -> None:
    """Write one line per membership that has begun, and some that end before they begin."""
    people, horizon = world.people, world.horizon
    seats = np.flatnonzero(people.joined < horizon.days)
    wrong = rng.choice(seats, max(3, len(seats) // 500), replace=False)
    reason = "valid_to is before valid_from"
    landing.count("crm/account_users").rejected[reason] += len(wrong)
    start = horizon.instant(people.joined[seats]).tolist()
    left = world.left[seats]
    end = [None if day >= horizon.days else int(horizon.instant(int(day))) for day in left]
    back = horizon.instant(people.joined[wrong]) + HOUR_MS
    both = np.concatenate((seats, wrong))
    rank = both - people.first_member[people.account[both]]
    columns = {
        "account_id": [world.company.ids[a] for a in people.account[both]],
        "user_id": [people.ids[u] for u in people.user[both]],
        "valid_from": moments([*start, *back]),
        "valid_to": moments([*end, *(back - DAY_MS)]),
        "role": ["owner" if r == 0 else "admin" if r == 1 else "member" for r in rank],
        "seat_type": ["full" if r % 4 else "viewer" for r in rank],
    }
    landing.rows("crm/account_users", "account_users.csv.gz", columns, MEMBERS, rng)


def _privacy(world: World, landing: Landing, rng: np.random.Generator) -> None:
    """Write consent of every third person, and a few requests to be forgotten."""
    people, horizon = world.people, world.horizon
    first, _ = _first_and_last(world)
    users = [u for u in np.flatnonzero(first < horizon.days) if u % 3 == 0]
    consent = {
        "user_id": [people.ids[u] for u in users],
        "purpose": ["analytics"] * len(users),
        "granted": [bool(u % 30) for u in users],
        "from": moments(horizon.instant(first[users]) + 7 * HOUR_MS),
        "to": [None] * len(users),
    }
    landing.rows("privacy/consent", "consent.csv", consent, CONSENT, rng)
    asking = rng.choice(users, max(2, len(users) // 300), replace=False)
    at = horizon.instant(rng.integers(horizon.days // 2, horizon.days - 2, len(asking)))
    requests = {
        "request_id": [f"era_{number + 1:04d}" for number in range(len(asking))],
        "user_id": [people.ids[u] for u in asking],
        "account_id": [None] * len(asking),
        "requested_at": moments(at + 10 * HOUR_MS),
        "due_at": moments(at + 30 * DAY_MS),
    }
    landing.rows("privacy/erasure_requests", "erasure_requests.csv", requests)


def _releases(world: World, landing: Landing) -> None:
    """Write a release every two weeks, and each feature's own on its day."""
    horizon = world.horizon
    rows = [(7 * week, None, f"Release 5.{week // 2}") for week in range(0, horizon.weeks, 2)]
    for feature in world.mix.catalogue.features:
        day = horizon.day_of(world.mix.catalogue.released_on(feature["feature_id"]))
        if 0 <= day < horizon.days:
            rows.append((day, feature["feature_id"], f"{feature['name']} is here"))
    landing.rows(
        "product/releases",
        "releases.csv",
        {
            "release_id": [f"rel_{n + 1:03d}" for n in range(len(rows))],
            "released_at": moments([horizon.instant(day) + 6 * HOUR_MS for day, _, _ in rows]),
            "feature_id": [feature for _, feature, _ in rows],
            "title": [row[2] for row in rows],
        },
    )
