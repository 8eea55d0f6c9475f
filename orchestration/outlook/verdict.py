"""The gates of a model: it has to beat a coin, the plainest rules, and the model in force.

What is not here: how the figures are worked out, which is ``figures``; and who puts a model in
force, which is a person.
"""

import numpy as np

from orchestration.outlook.figures import difference
from orchestration.outlook.judged import NEEDED, Figures, Judged
from orchestration.outlook.models import Live
from orchestration.outlook.sample import Sample

RULES = ("recency", "usage_trend", "health_score")
COIN = 0.5


def verdict(
    sample: Sample, judged: Judged, figures: Figures, live: Live | None
) -> tuple[bool, str]:
    """Return whether a model beat all that it was set beside, and the sentence.

    Args:
        sample: all rows.
        judged: those that are judged.
        figures: of all of these.
        live: the model in force; None without one.
    """
    if np.isnan(figures.auc):
        return False, (
            f"Nobody can tell how well it ranks: fewer than {NEEDED} customers had the outcome, or "
            "were there without it, on the Mondays by which it is judged."
        )
    # Where nothing is known of use and of health there is no rule to be set beside.
    is_better = bool(figures.auc_low > COIN)
    beats = "" if is_better else f", not surely above a coin (95% from {figures.auc_low:.3f} on)"
    said = [f"AUC {figures.auc:.3f} out of time{beats}"]
    for rule in RULES:
        gain, low = (getattr(figures, f"gain_over_{rule}{end}") for end in ("", "_low"))
        words = rule.replace("_", " ")
        if np.isnan(gain):
            said.append(f"not compared with {words}")
            continue
        is_better &= bool(low > 0)
        high = getattr(figures, f"gain_over_{rule}_high")
        beats = "above" if low > 0 else "below" if high < 0 else "not surely above"
        said.append(f"{beats} {words} ({gain:+.3f}, 95% {low:+.3f} to {high:+.3f})")
    if live:
        of_sample = np.isin(sample.monday, np.unique(judged.monday))
        is_later = judged.monday > live.trained_on
        later = judged.where(is_later)
        if not later.is_enough:
            is_better = False
            said.append(f"too few outcomes since {live.version} was trained to compare them")
        else:
            gain, low, high = difference(later, live.probability(sample.where(of_sample))[is_later])
            is_better &= low > 0
            said.append(f"against {live.version} {gain:+.3f} (95% {low:+.3f} to {high:+.3f})")
    return is_better, "; ".join(said) + "."
