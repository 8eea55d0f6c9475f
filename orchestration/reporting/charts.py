"""Charts: Vega-Lite specifications filled with rows and drawn as SVG that stands in the page.

A chart is a file in ``charts/`` and an entry below. Colours, fonts and axes that all of them
share are in ``charts/_config.json``. What is not here: transformed data; a chart draws rows.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vl_convert
from markupsafe import Markup, escape

SPECIFICATIONS = Path(__file__).parent / "charts"
# What a drawing says without anybody seeing or hearing it: the font, which the page says once;
# roles within a picture that has one label; frames without a colour; thousandths of a pixel.
IDLE = re.compile(
    r' (?:class|font-family|role|aria-roledescription)="[^"]*"'
    r'|(?: aria-hidden="true"| opacity="1"| pointer-events="none")'
    r"|(?<=\.\d\d)\d+"
)
FRAME = re.compile(r'<path class="(?:background|foreground)"(?![^>]*(?:fill|stroke)=)[^>]*/>')


@dataclass(frozen=True)
class Chart:
    """A drawn chart and the sentence that says what it shows."""

    name: str
    label: str
    svg: Markup


def draw(name: str, label: str, values: Iterable[Mapping[str, Any]]) -> Chart | None:
    """Draw a chart; None where there is nothing to draw.

    Args:
        name: of the file in ``charts/``, without its ending.
        label: what is read out instead of the picture.
        values: rows, in the order of the page.
    """
    rows = list(values)
    if not rows:
        return None
    spec = json.loads((SPECIFICATIONS / f"{name}.json").read_text("utf-8"))
    spec["config"] = json.loads((SPECIFICATIONS / "_config.json").read_text("utf-8"))
    spec["datasets"] = {"rows": rows}
    svg = vl_convert.vegalite_to_svg(spec)
    return Chart(name, label, Markup(_embedded(svg, name, label)))


def _embedded(svg: str, name: str, label: str) -> str:
    # Vega counts its identifiers on through a process; here they depend on the chart alone.
    found: dict[str, str] = {}
    for identifier in re.findall(r'\bid="([^"]+)"', svg):
        found.setdefault(identifier, f"{name}-{len(found)}")
    for identifier, own in found.items():
        svg = svg.replace(f'id="{identifier}"', f'id="{own}"')
        svg = svg.replace(f"url(#{identifier})", f"url(#{own})")
    svg = re.sub(r"<[^>]*>", lambda tag: IDLE.sub("", tag[0]), FRAME.sub("", svg))
    opening = f'<svg role="img" aria-label="{escape(label)}"'
    return re.sub(r"^<svg\b", lambda _: opening, svg, count=1)
