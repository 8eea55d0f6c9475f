"""Texts that may name somebody where nobody declared it are counted, by format and column."""

import duckdb
import pytest

from orchestration.landing import private_texts
from orchestration.landing.text_formats import FORMATS, formats_in, looks_like, may_show

MAIL, PHONE, IP = FORMATS
TEXTS = [
    ("sess_anna.b+x@mail.acme.example_7", [MAIL]),
    ("ANNA@ACME.EXAMPLE", [MAIL]),
    ("write to anna@acme", []),
    ("@acme.example", []),
    ("a@b", []),
    ("call +49 30 5550199 now", [PHONE]),
    ("+493055501990", [PHONE]),
    ("(030) 555-0199", [PHONE]),
    ("+1.415.555.2671", [PHONE]),
    ("4155552671", []),
    ("2026-10-31 12:00:00", []),
    ("12:00:00.123456", []),
    ("+12", []),
    ("score+20261031", []),
    ("198.51.100.7", [IP]),
    ("from 198.51.100.7, twice", [IP]),
    ("http://198.51.100.7:80/", [IP]),
    ("Mozilla/5.0 Chrome/120.0.0.0 Safari/537.36", []),
    ("1.2.3", []),
    ("1.2.3.4.5", []),
    ("999.1.1.1", []),
    ("2001:db8:85a3::8a2e:370:7334", [IP]),
    ("2001:0db8:85a3:0000:0000:8a2e:0370:7334", [IP]),
    ("fe80::1", [IP]),
    ("std::vector", []),
    ("00:1b:44:11:3a:b7", []),
    ("", []),
    ("anna@acme.example, 198.51.100.7, +49 30 5550199", [MAIL, PHONE, IP]),
]


@pytest.mark.parametrize(("text", "formats"), TEXTS)
def test_a_text_has_the_formats_that_it_has_in_sql_and_in_python(text, formats):
    assert formats_in(text) == formats
    with duckdb.connect() as connection:
        connection.execute("create table texts as select ? as said", [text])
        tests = ", ".join(looks_like("said", name) for name in FORMATS)
        found = connection.execute(f"select {tests} from texts").fetchone()
        assert [name for name, held in zip(FORMATS, found, strict=True) if held] == formats
        # The first look must not leave out what the second would find.
        [(may,)] = connection.execute(f"select {may_show(['said'])} from texts").fetchall()
        assert may or not formats


ORDER = '{"id": "%s", "placed_at": "2026-10-01T10:00:00Z", "note": "%s"}\n'
WARNED = "select column_name, warning, row_count from raw.load_warnings order by all"


def test_texts_of_undeclared_columns_are_counted_and_declared_ones_are_not(company):
    company.put("a.jsonl", ORDER % ("anna@acme.example", "+49 30 5550199") + ORDER % ("b", "x"))
    company.put("b.jsonl", ORDER % ("c of 198.51.100.7 or anna@acme.example", "x"))
    company.land()
    assert company.rows(WARNED) == [
        ("id", private_texts.warning_of(MAIL), 1),
        ("id", private_texts.warning_of(MAIL), 1),
        ("id", private_texts.warning_of(IP), 1),
    ]
    assert "acme" not in "".join(company.reported)


def test_the_name_of_a_file_is_looked_at(company):
    company.put("export of anna@acme.example.jsonl", ORDER % ("b", "x"))
    company.land()
    assert company.rows(WARNED) == [(private_texts.FILE_NAME, private_texts.warning_of(MAIL), 1)]


def test_of_many_rows_some_are_read_and_it_says_so(company, monkeypatch):
    monkeypatch.setattr(private_texts, "ROWS_LOOKED_AT", 5)
    company.put("a.jsonl", "".join(ORDER % (f"u{n}@acme.example", "x") for n in range(10)))
    company.land()
    [(column, warning, count)] = company.rows(WARNED)
    assert (column, count) == ("id", 5)
    assert warning.endswith("(read in one row of 2)")


def test_what_holds_nobody_is_counted_nowhere(company):
    company.put("a.jsonl", ORDER % ("b", "anna@acme.example"))
    company.land()
    assert company.rows(WARNED) == []
