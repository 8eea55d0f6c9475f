"""Finds the numbers of a page that are no facts: nobody could ask for them again.

Dates, labels (headings, options, captions), names with a number in them, and what a definition is
made of (28 days, a 95% interval) are none.
"""

import re
from html.parser import HTMLParser

from orchestration.reporting.facts import FREE_NUMBER
from orchestration.reporting.formats import MONTHS

LABELS = {"title", "h1", "h2", "h3", "dt", "figcaption", "caption", "option", "button", "summary",
          "thead", "label", "nav"}  # fmt: skip
# Pictures are drawn of rows that a table shows, scripts are asked by tests of their own, and code
# says what somebody could ask.
UNREAD = {"style", "script", "svg", "code"}
VOID = {"br", "img", "input", "meta", "link", "hr", "wbr", "col"}
MONTH = "|".join(MONTHS)
DATES = re.compile(
    rf"\b\d{{1,2}} ({MONTH})( \d{{4}})?\b|\b({MONTH}) \d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b"
)
# Each is a part of a definition that no setting changes: another number would be another metric,
# and the column is named for it.
DEFINITIONS = re.compile(
    r"(7|28|30|42|60|90|91|180|365|\{days\})( recorded)? (days|ones)|(4|13|52) weeks|12 months|"
    r"within 28\b|first 28 recorded|of 100\b|to 100\b|from 1 to 100|\b95% interval|50% is a coin|"
    r"Month 0 is|: 0 is no change|A burn of 1 |[Ff]ewer than 5 "
    r"(of them|scored|customers|none)|"
    r"per 100 active users|active in 14 days|"
    r"at least 20 sessions|never above 100%|under 20 samples|under 100 no"
)


class Loose(HTMLParser):
    """Collects texts with a number that is neither a fact nor a label."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.found = [], "", []

    def handle_starttag(self, tag, attributes):
        marks = dict(attributes)
        if tag in ("p", "td", "th", "li", "dd", "h2", "h3", "tr", "div"):
            self.flush()
        if tag not in VOID:
            is_said = "data-fact" in marks or tag in LABELS | UNREAD
            is_name = "name" in (marks.get("class") or "").split()
            self.open.append((tag, is_said or is_name))

    def handle_endtag(self, tag):
        if tag in ("p", "td", "th", "li", "dd"):
            self.flush()
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                break

    def handle_data(self, data):
        is_said = any(said for _, said in self.open)
        self.text += "…" if is_said else data

    def flush(self):
        text = DEFINITIONS.sub("", DATES.sub("", " ".join(self.text.split())))
        if FREE_NUMBER.search(text):
            self.found.append(" ".join(self.text.split()))
        self.text = ""


def loose_numbers(html):
    """Return the texts of a page with a number that nobody could ask for again."""
    parser = Loose()
    parser.feed(html)
    parser.flush()
    return parser.found
