"""What people do in the product: which events, on which devices, with which properties.

What is here: the tables of choices from which ``usage.py`` draws. What is not here: how often
and when.
"""

import json

import numpy as np

from data.demo.catalogue import Catalogue
from data.demo.company import Company
from data.demo.effects import BROKEN_FEATURE
from data.demo.horizon import Horizon
from data.demo.journey import Journey

SLOTS = 256
VARIANTS = 16
WEIGHTS = {
    "login": 0.1,
    "page_view": 6.0,
    "dashboard_viewed": 5.0,
    "report_viewed": 3.0,
    "search_run": 2.5,
    "dashboard_edited": 1.0,
    "report_created": 0.8,
    "alert_rule_saved": 0.4,
    "export_run": 0.8,
    "comment_posted": 0.9,
    "dashboard_shared": 0.4,
    "integration_synced": 0.8,
    "automation_saved": 0.5,
    "api_key_used": 0.6,
    "forecast_run": 0.9,
    "settings_changed": 0.3,
    "error_shown": 0.1,
    "push_received": 0.3,
    "email_opened": 0.2,
    "heartbeat": 0.6,
}
# platform, device type, operating system, browser, user agent
DEVICES = (
    (
        "web",
        "desktop",
        "Windows",
        "Chrome",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari",
    ),
    (
        "web",
        "desktop",
        "macOS",
        "Safari",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605.1.15 Safari/605.1.15",
    ),
    ("desktop", "desktop", "Windows", None, "NorthbeamDesktop/5.4 (Windows 11)"),
    ("desktop", "desktop", "macOS", None, "NorthbeamDesktop/5.4 (macOS 15)"),
    ("ios", "mobile", "iOS", None, "Northbeam/8.1 (iPhone; iOS 18.6)"),
    ("ios", "tablet", "iOS", None, "Northbeam/8.1 (iPad; iOS 18.6)"),
    ("android", "mobile", "Android", None, "Northbeam/8.0 (Android 15; Pixel 9)"),
    ("android", "mobile", "Android", None, "Northbeam/8.0 (Android 14; SM-S921B)"),
    ("api", "server", None, None, "python-requests/2.32"),
    ("web", "desktop", "Linux", "Chrome", "Mozilla/5.0 (compatible; UptimeRobot/2.0)"),
    (
        "web",
        "desktop",
        "Linux",
        "Chrome",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36",
    ),
)
FIRST_BOT_DEVICE = 8
PERSONAL = ("search_run", "comment_posted", "dashboard_shared")


class Mix:
    """For each account a table of 256 slots, each naming an event."""

    def __init__(
        self,
        catalogue: Catalogue,
        company: Company,
        journey: Journey,
        horizon: Horizon,
        rng: np.random.Generator,
    ) -> None:
        self.catalogue, self.horizon = catalogue, horizon
        self.names = [row["event_name"] for row in catalogue.events]
        self.features = [row["feature_id"] or None for row in catalogue.events]
        weights = np.array([WEIGHTS.get(name, 0.5) for name in self.names])
        taste = rng.gamma(1.5, 1 / 1.5, (len(company), len(self.names)))
        broken = [index for index, name in enumerate(self.features) if name == BROKEN_FEATURE]
        taste[:, broken] = 0.3 + 2 * journey.affinity[:, None]
        self.taste = weights * taste
        self.included = np.array(
            [
                [not feature or catalogue.includes(plan, feature) for feature in self.features]
                for plan in range(len(catalogue.plans))
            ]
        )
        # By device and event; the devices of bots are drawn elsewhere.
        self.exists = np.array(
            [
                [catalogue.exists_on(device[0], feature or "") for feature in self.features]
                for device in DEVICES
            ]
        )
        released = [horizon.day_of(catalogue.released_on(name or "")) for name in self.features]
        self.released = np.array(released)

    def index(self, name: str) -> int:
        """Return the code of an event name."""
        return self.names.index(name)

    def slots(self, day: int, plan: np.ndarray) -> np.ndarray:
        """Return the event codes in each account's slots, shaped (account, slot)."""
        ramp = np.clip(1 - np.exp(-(day - self.released) / 42.0), 0, 1)
        weight = self.taste * self.included[plan] * np.where(day >= self.released, ramp, 0)
        share = np.cumsum(weight, axis=1) / weight.sum(axis=1, keepdims=True)
        marks = (np.arange(SLOTS) + 0.5) / SLOTS
        return (share[:, None, :] < marks[None, :, None]).sum(2).astype(np.uint8)


def property_texts(mix: Mix) -> list[str]:
    """Return 16 property objects as JSON for each event; the first of some hold an address."""
    texts = []
    for name, feature in zip(mix.names, mix.features, strict=True):
        for variant in range(VARIANTS):
            value = {"source": ("menu", "shortcut", "link", "home")[variant % 4]}
            if feature:
                value["rows"] = 10 * (variant + 1) ** 2
            if variant == 0 and name in PERSONAL:
                value["text"] = f"please ask {name[:4]}.kowalska@kepler-retail.example about it"
            texts.append(json.dumps(value, separators=(",", ":")))
    return texts
