"""Reads the numbers of a report page back and asks the tables again."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from math import expm1
from urllib.parse import parse_qsl, urlsplit

from orchestration.reporting.facts import with_schema

# What one unit of the value is on the page, and how far rounding may take it.
SCALES = {"share": 100, "share_size": 100, "share_change": 100, "share_of": 100,
          "share_fine": 100, "relative_change": 100}  # fmt: skip


class Numbers(HTMLParser):
    """Collects every marked number: its attributes and its text.

    In a long table a line says its place once, and a cell with one number is marked itself.
    """

    def __init__(self):
        super().__init__()
        self.found, self.open, self.line = [], None, ""
        self.headings, self.is_listed = [], False

    def handle_starttag(self, tag, attributes):
        marks = dict(attributes)
        if tag == "th" and "data-column" in marks:
            self.headings.append((marks["data-column"], marks.get("data-kind")))
        self.is_listed = marks.get("id") == "customer-rows"
        self.line = marks.get("data-row", self.line)
        if tag in ("span", "td") and marks.get("data-fact"):
            if marks["data-fact"].startswith("#"):
                marks["data-fact"] = self.line + marks["data-fact"]
            marks.setdefault("data-value", marks.get("data-order"))
            self.open = [tag, marks, ""]

    def handle_data(self, data):
        if self.is_listed:
            self.feed_listed(json.loads(data))
        if self.open:
            self.open[2] += data

    def handle_endtag(self, tag):
        self.is_listed = False
        if self.open and tag == self.open[0]:
            self.found.append(tuple(self.open[1:]))
            self.open = None

    def feed_listed(self, listed):
        """Read the rows that the page makes when they are shown."""
        for row in listed["rows"]:
            reader = Numbers()
            reader.line = f"{listed['table']}?{row['k']}"
            for cell, (column, kind) in zip(row["c"], self.headings, strict=True):
                markup, *marks = [cell] if isinstance(cell, str) else cell
                reader.feed(markup)
                if len(marks) == 1:
                    place = {"data-fact": f"{reader.line}#{column}", "data-kind": kind}
                    self.found.append((place | {"data-value": marks[0]}, unescape(markup)))
            self.found += reader.found


def numbers(html):
    parser = Numbers()
    parser.feed(html)
    return parser.found


def asked_again(connection, attributes):
    """The value that the table holds at the place that the page names."""
    place = urlsplit(attributes["data-fact"])
    key = parse_qsl(place.query)
    where = " and ".join(f"coalesce(cast({column} as varchar), 'None') = ?" for column, _ in key)
    rows = connection.execute(
        f"select {place.fragment} from {with_schema(place.path)} where {where}",
        [value for _, value in key],
    ).fetchall()
    assert len(rows) == 1, f"{attributes} is no single row"
    return rows[0][0]


def is_same(value, text):
    if value is None:
        return text == ""
    if isinstance(value, date):
        return value.isoformat() == text
    if isinstance(value, str):
        return value == text
    return Decimal(str(value)) == Decimal(text)


def is_rounding(value, kind, text):
    """Whether a text is what rounding makes of a value, and not just near it."""
    if isinstance(value, date):
        return datetime.strptime(text, "%d %b %Y").date() == value
    if kind == "band_step":
        return text == {1: "at risk", 2: "watch", 3: "healthy"}[int(value)]
    if text in ("yes", "no"):
        return value == (text == "yes")
    amount = 100 * expm1(value) if kind == "log_change" else float(value) * SCALES.get(kind, 1)
    if kind.endswith("_size"):
        amount = abs(amount)
    shown, digits = parsed(text, kind)
    return abs(shown - amount) <= 0.5 * 10**-digits + 1e-9


def parsed(text, kind):
    sign = -1 if text.startswith("\N{MINUS SIGN}") else 1
    if kind.startswith("duration"):
        spans = [int(span) for span in re.findall(r"\d+", text)]
        seconds = spans[0] * 60 + spans[1] if len(spans) == 2 else spans[0]
        return sign * seconds, 0
    figures = re.search(r"[\d,]+(\.\d+)?", text).group(0)
    digits = len(figures.split(".")[1]) if "." in figures else 0
    return sign * float(figures.replace(",", "")), digits


def wrong_facts(html, connection):
    """Every number that its table does not hold, or whose text is not its rounding."""
    wrong = []
    for attributes, text in numbers(html):
        value = asked_again(connection, attributes)
        if not is_same(value, attributes["data-value"]):
            wrong.append((attributes, value))
        elif attributes["data-kind"] == "text":
            continue
        elif value is not None and not is_rounding(value, attributes["data-kind"], text):
            wrong.append((attributes, text))
        elif value is None and re.search(r"\d", text):
            wrong.append((attributes, "a figure where nothing is known"))
    return wrong
