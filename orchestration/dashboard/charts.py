"""Draws what a page declares as a chart, with a sentence that is read out instead.

The specifications are those of the report, ``orchestration/reporting/charts``. What is not here:
which charts there are.
"""

from markupsafe import Markup

from orchestration.dashboard.declared import Drawing
from orchestration.dashboard.reading import Publication
from orchestration.reporting.charts import draw


def drawn(publication: Publication, drawing: Drawing, place: str) -> Markup | None:
    """Return a chart as a picture; None where there is nothing to draw.

    Args:
        publication: where its rows are.
        drawing: what is declared.
        place: the section, so that two charts of one page share no identifier.
    """
    chart = draw(drawing.chart, drawing.label, publication.drawn(drawing))
    if chart is None:
        return None
    own = f"{place}-{drawing.chart}"
    svg = chart.svg.replace(f'id="{drawing.chart}-', f'id="{own}-')
    return Markup(svg.replace(f"url(#{drawing.chart}-", f"url(#{own}-"))
