"""The simulation, and what it landed turned into exports of connectors.

What is not here: the queries of the exports (``writing``).
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from data.demo.landing import Landing
from data.demo.ledger import Ledger
from data.demo.shapes.writing import write_exports
from data.demo.simulation import simulate


def simulate_exports(size: str, seed: int, end: date, landing: Path, truth: Path) -> Ledger:
    """Write exports and truth; return the ledger of the landing files that they were made of.

    Raises what ``simulate`` raises, LandingNotEmpty before anything is written.
    """
    Landing(landing, Ledger())
    landing.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=landing.parent, prefix=".demo-") as native:
        ledger = simulate(size, seed, end, Path(native) / "native", truth)
        write_exports(Path(native) / "native", landing)
    return ledger
