"""The whole simulation, from top to bottom.

What is here: the order of things. What is not here: any thing itself.
"""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path

from tqdm import tqdm

from data.demo.billing import write_billing
from data.demo.care import write_care
from data.demo.catalogue import read_catalogue, write_catalogue
from data.demo.company import found_company
from data.demo.contracts import Contracts
from data.demo.delivery import Sorter, deliver, joined
from data.demo.effects import Effects
from data.demo.event_files import EventFiles
from data.demo.horizon import NEVER, Horizon
from data.demo.landing import Landing
from data.demo.ledger import Ledger
from data.demo.mix import Mix
from data.demo.oracle import write_oracle
from data.demo.payments import write_payments
from data.demo.people import settle_people
from data.demo.records import write_records
from data.demo.relations import write_relations
from data.demo.sizes import SIZES
from data.demo.status import write_status
from data.demo.streams import Streams
from data.demo.support import all_tickets, write_support
from data.demo.surveys import ask_everybody, write_surveys
from data.demo.telemetry import ERRORS, write_week
from data.demo.truth import write_truth
from data.demo.usage import World, week_of_bots, week_of_events
from data.demo.walker import walk

FILES_IN_FLIGHT = 2


def simulate(size: str, seed: int, end: date, landing_folder: Path, truth_folder: Path) -> Ledger:
    """Write landing files and truth; return the ledger of what was written.

    ``end`` is the last complete day. Raises LandingNotEmpty, KeyError for an unknown size, and
    ValueError where the truth would lie inside the landing folder.
    """
    if landing_folder.resolve() in (truth_folder.resolve(), *truth_folder.resolve().parents):
        raise ValueError(f"{truth_folder} lies inside {landing_folder}, where models could read it")
    ledger, streams = Ledger(), Streams(seed)
    landing = Landing(landing_folder, ledger)
    truth_folder.mkdir(parents=True, exist_ok=True)
    world, contracts = build_world(size, Horizon(end, SIZES[size].weeks), streams)
    tickets = all_tickets(world, streams)
    write_catalogue(landing)
    write_billing(contracts, world.people, landing, streams)
    write_payments(contracts, landing, streams)
    write_records(world, landing, streams)
    write_status(world.company, world.journey, world.horizon, landing, streams)
    write_support(world, tickets, landing, streams)
    write_surveys(ask_everybody(world, tickets, streams), landing, streams)
    write_care(world, landing, streams)
    write_relations(world, contracts, landing, streams)
    write_usage(world, landing, streams)
    write_truth(world, truth_folder)
    write_oracle(world, streams, truth_folder)
    ledger.save(truth_folder / "truth_dirt.json")
    return ledger


def build_world(size: str, horizon: Horizon, streams: Streams) -> tuple[World, Contracts]:
    """Return everything that is decided before the first event."""
    catalogue, effects = read_catalogue(), Effects()
    company = found_company(SIZES[size], horizon, streams, catalogue.internal_domain)
    people = settle_people(company, streams)
    journey = walk(company, horizon, effects, streams)
    contracts = Contracts(company, journey, catalogue, horizon, streams)
    left, gone = people.left.copy(), {}
    for account, week in journey.champion_losses:
        # The champion is the first member still there.
        seat = people.first_member[account] + gone.get(account, 0)
        last = people.first_member[account + 1] if account + 1 < len(company) else len(left)
        if seat + 1 < last and left[seat] == NEVER:
            left[seat] = max(7 * week, people.joined[seat] + 1)
            gone[account] = gone.get(account, 0) + 1
    mix = Mix(catalogue, company, journey, horizon, streams.stream("usage"))
    world = World(
        SIZES[size],
        horizon,
        company,
        people,
        journey,
        mix,
        effects,
        contracts.plan_by_week,
        left,
    )
    return world, contracts


def write_usage(world: World, landing: Landing, streams: Streams) -> None:
    """Write events, errors and latency week by week, holding a few weeks in memory.

    Event files are written by a second thread, in order, while the next week is drawn.
    """
    files = EventFiles(world, landing, world.mix.catalogue.bot_network)
    sorter = Sorter(world.horizon)
    with ThreadPoolExecutor(1) as writer:
        waiting: deque[Future[None]] = deque()
        for week in tqdm(range(world.horizon.weeks), unit="week", desc="events"):
            people = week_of_events(world, week, streams.stream("usage", week + 1))
            bots = week_of_bots(world, week, streams.stream("bots", week))
            sorter.add(deliver(joined([bots, people]), streams.stream("delivery", week)))
            # A zone east of UTC begins its week up to 14 hours early, hence a week's delay.
            complete = world.horizon.days if week == world.horizon.weeks - 1 else 7 * week
            for first_day, rows in sorter.complete(complete):
                rng = streams.stream("damage", 100 + first_day)
                waiting.append(writer.submit(files.write, first_day, rows, rng))
            write_week(world, landing, week, people, streams.stream("telemetry", week))
            while len(waiting) > FILES_IN_FLIGHT:
                waiting.popleft().result()
        for future in waiting:
            future.result()
    files.replay(world.horizon.days - 5)
    noise = streams.stream("damage", 3).bytes(900)
    landing.refuse(ERRORS, "errors-dump.jsonl", b"\x00\xff" + noise, "not text at all")
