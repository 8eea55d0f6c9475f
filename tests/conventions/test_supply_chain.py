"""Every package is pinned with its hashes, at the version that everything else is tested with."""

import re

from orchestration.settings.environment import ROOT

PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==(\S+?)(?=[ ;\\]|$)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def pins(text: str) -> dict[str, str]:
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in PIN.findall(text)}


def test_the_lock_pins_what_the_constraints_pin():
    locked = pins((ROOT / "requirements.lock").read_text())
    constrained = pins((ROOT / "constraints.txt").read_text())
    assert len(locked) > 100
    assert {n: v for n, v in locked.items() if n in constrained} == {
        n: v for n, v in constrained.items() if n in locked
    }
    # What no constraint names is for another Python or system than the one it was drawn from.
    assert len(locked.keys() - constrained.keys()) < 20


def test_every_package_of_the_lock_has_hashes():
    lock = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.partition("\n")[2])
    without = [entry.splitlines()[0] for entry in entries if not HASH.search(entry)]
    assert without == []
    assert "://" not in lock


def test_what_is_trusted_is_written_down():
    text = (ROOT / "SECURITY.md").read_text()
    assert all(word in text for word in ("## What is trusted", "## Reporting", "--require-hashes"))
