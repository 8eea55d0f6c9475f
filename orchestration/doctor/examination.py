"""Examines a landing folder: the loader reads a small copy of it, and what came of it is told.

So what is said of adapters, mappings, quarantine and times is what a run would say. Nothing is
built and nothing is written into the landing folder. What is not here: the wording.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from orchestration.adapters.adapt import land
from orchestration.adapters.columns import columns_of, why_none
from orchestration.adapters.headers import (
    NO_HEADER,
    VALUES_AS_KEYS,
    doubt_of,
    has_no_header,
    is_value,
)
from orchestration.adapters.mapping import MAPPING, mapping_tells_dates, recognition_of
from orchestration.adapters.our_contract import landing_tables
from orchestration.doctor import findings as found_in
from orchestration.doctor.accounts import Matched, claims, matched_accounts
from orchestration.doctor.drafts import draft
from orchestration.doctor.failing_folders import loaded_without_failing
from orchestration.doctor.findings import Finding
from orchestration.doctor.moved_days import moved_days
from orchestration.doctor.prospects import Prospects, prospects, told_sources
from orchestration.doctor.sampling import BYTES_OF_A_TABLE, Sample, take_sample
from orchestration.doctor.seen import SeenFolder, our_table, their_table
from orchestration.doctor.values import Values, values_of
from orchestration.doctor.words import unexplained
from orchestration.landing.contract import SourceTable
from orchestration.landing.file_kinds import FORMATS
from orchestration.landing.files import LINK, check_landing, shown

# Nothing depends on when somebody asks.
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
Connection = duckdb.DuckDBPyConnection


@dataclass
class Examination:
    """All that can be told of a landing folder before a build.

    Attributes:
        folders: each folder, with its tables and their columns.
        findings: what is wrong.
        matched: accounts that each system names, and whom the CRM knows of them.
        prospects: which figures will exist.
        drafts: mappings for folders that nobody knows, by folder.
        used_drafts: folders that were read by a draft of an earlier run.
        bytes: of all files.
        files: number of all files.
        is_sampled: not all of them was read.

    """

    folders: list[SeenFolder] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    matched: list[Matched] = field(default_factory=list)
    prospects: Prospects | None = None
    drafts: dict[str, str] = field(default_factory=dict)
    used_drafts: list[str] = field(default_factory=list)
    bytes: int = 0
    files: int = 0
    is_sampled: bool = False


def examine(landing: Path, drafts: Path) -> Examination:
    """Examine a landing folder.

    Args:
        landing: the folder; nothing is written into it.
        drafts: folder with the drafts of earlier runs, as ``<folder>/mapping.yml``.

    Raises:
        LandingError: the folder is not there, or cannot be read.

    """
    tables, done = landing_tables(), Examination()
    with loaded_sample(landing, drafts, done) as (connection, sample, said):
        _loose_files(landing, done)
        seen = _values(sample, tables, done)
        _folders(sample, tables, seen, done)
        done.findings += _findings(connection, sample, said, seen, tables)
        done.findings += unexplained(connection, tables)
        done.matched = matched_accounts(connection, tables)
        done.findings += [Finding(*claim) for claim in claims(connection)]
        done.prospects = prospects(told_sources(connection, tables), tables)
    done.bytes, done.files = sum(sample.bytes.values()), sum(sample.files.values())
    done.is_sampled = bool(sample.in_part) or any(
        len(sample.copied.get(name, ())) < count for name, count in sample.files.items()
    )
    return done


@contextmanager
def loaded_sample(
    landing: Path, drafts: Path, done: Examination, budget: int = BYTES_OF_A_TABLE
) -> Iterator[tuple[Connection, Sample, list[str]]]:
    """Load a sample of a landing folder into memory; yield it with what the loader said.

    Raises:
        LandingError: the folder is not there, or cannot be read.

    """
    check_landing(landing)
    tables, said = landing_tables(), []
    with TemporaryDirectory(prefix="doctor-") as temporary, ExitStack() as opened:
        place = Path(temporary) / "sample"
        place.mkdir()
        sample = take_sample(landing, tables, place, budget)
        _use_drafts(landing, drafts, sample, done)

        def load(folder: Path) -> Connection:
            said.clear()
            connection = opened.enter_context(duckdb.connect())
            connection.execute("set timezone = 'UTC'")
            land(connection, tables, folder, MOMENT, said.append)
            return connection

        connection, failed = loaded_without_failing(load, place)
        done.findings += [Finding(shown(name), "", why) for name, why in failed.items()]
        yield connection, sample, said


def _use_drafts(landing: Path, drafts: Path, sample: Sample, done: Examination) -> None:
    for path in sorted(drafts.glob(f"*/{MAPPING}")):
        name = path.parent.name
        if (sample.place / name).is_dir() and not (landing / name / MAPPING).exists():
            (sample.place / name / MAPPING).write_bytes(path.read_bytes())
            done.used_drafts.append(name)


def _loose_files(landing: Path, done: Examination) -> None:
    for path in sorted(landing.iterdir()):
        if path.is_symlink():
            done.findings.append(Finding(shown(path.name), "", f"refused: {LINK}"))
        elif path.is_file() and {*path.suffixes} & {*FORMATS}:
            stem = path.name.split(".")[0]
            done.findings.append(Finding(shown(path.name), "", (
                "it lies in no folder, so nobody reads it: move it to "
                f"{shown(stem)}/{shown(path.name)}, then "
                "run make doctor again, which drafts its mapping"
            )))  # fmt: skip


def _values(
    sample: Sample, tables: Sequence[SourceTable], done: Examination
) -> Mapping[str, Mapping[str, Values]]:
    """Return what was seen of each column, by table; names that are values are told nowhere."""
    ours, seen = {table.folder: table for table in tables}, {}
    systems = {table.system for table in tables}
    for name, files in sample.copied.items():
        table, names, headed = ours.get(name), [], []
        declared = set(table.column_names) if table else set()
        is_ours = name.split("/")[0] in systems
        for file in files:
            columns = columns_of(file)
            is_bare = file.format == "csv" and has_no_header(columns, declared)
            if not is_bare:
                headed.append(file)
                names += columns
            # Of a table of ours the loader says why it is refused.
            if file.format and not is_ours and (is_bare or not columns):
                text = NO_HEADER if is_bare else why_none(file)
                done.findings.append(Finding(file.name, "", text))
            elif file.format == "csv" and not is_ours and (doubt := doubt_of(columns)):
                done.findings.append(Finding(file.name, "", doubt))
            elif file.format == "csv":
                done.findings += found_in.of_encoding(file)
        values = values_of([file for file in headed if file.format])
        every = {**values, **{column: Values() for column in names if column not in values}}
        seen[name] = {column: found for column, found in every.items() if not is_value(column)}
        if hidden := len(every) - len(seen[name]):
            done.findings.append(Finding(name, "", VALUES_AS_KEYS.format(count=hidden)))
    return seen


def _folders(
    sample: Sample,
    tables: Sequence[SourceTable],
    seen: Mapping[str, Mapping[str, Values]],
    done: Examination,
) -> None:
    """Say what each folder is, and draft a mapping for one that nobody knows."""
    ours, systems = {table.folder: table for table in tables}, {table.system for table in tables}
    for folder in sorted(path.name for path in sample.place.iterdir()):
        below = [name for name in sample.files if name.split("/")[0] == folder]
        if folder in systems:
            known = [our_table(sample, name, ours.get(name), seen.get(name, {})) for name in below]
            done.folders.append(SeenFolder(folder, "our layout", None, tuple(known)))
            continue
        recognition = recognition_of(sample.place, folder, tables)
        adapter = recognition.adapter
        taken = f"{adapter.title} ({adapter.name})" if adapter else "not known"
        if folder in done.used_drafts:
            taken += ", by the draft of an earlier run"
        problem = None if adapter else recognition.problem or _nothing_known(sample, below)
        read = [
            their_table(sample, name, recognition, seen.get(name, {}))
            for name in below
            if name.split("/")[-1] in recognition.folder.tables
        ]
        done.folders.append(SeenFolder(folder, taken, problem, tuple(read)))
        is_double = (problem or "").startswith("two dialects")
        if problem and read and not is_double and folder not in done.used_drafts:
            unknown = {name.split("/")[-1]: seen.get(name, {}) for name in below}
            unknown = {name: columns for name, columns in unknown.items() if columns}
            if unknown and not (sample.place / folder / MAPPING).exists():
                done.drafts[folder] = draft(folder, unknown, tables)


def _nothing_known(sample: Sample, below: Sequence[str]) -> str:
    if not below:
        return "it is empty"
    if not any(name in sample.copied for name in below):
        return "none of its files can be read: see what is wrong"
    return "no adapter has tables with these names and columns"


def _mapped(sample: Sample) -> set[str]:
    return {path.parent.name for path in sample.place.glob(f"*/{MAPPING}")}


def _findings(
    connection: Connection,
    sample: Sample,
    said: Sequence[str],
    seen: Mapping[str, Mapping[str, Values]],
    tables: Sequence[SourceTable],
) -> list[Finding]:
    found = [Finding(name, "", f"refused: {why}") for name, why in sample.refused.items()]
    found += [
        Finding("", "", text.rstrip("."))
        for text in said
        # What is no table of a folder of ours is told with its columns.
        if text.startswith(("Not read", "Not loaded yet", "Left out", "Read: of"))
    ]
    found += [
        Finding(name, "", "no landing table is called so; expected one of "
                + ", ".join(t.folder for t in tables if t.system == name.split("/")[0]))
        for name in sample.files
        if name.split("/")[0] in {t.system for t in tables}
        and name not in {t.folder for t in tables}
    ]  # fmt: skip
    ours = {table.folder: table for table in tables}
    decided = {folder for folder in _mapped(sample) if mapping_tells_dates(sample.place / folder)}
    for name, columns in seen.items():
        table = ours.get(name)
        minor = [c for c in table.column_names if c.endswith("_minor")] if table else []
        found += found_in.of_columns(name, columns, minor, name.split("/")[0] in decided)
    for folder in sorted(_mapped(sample)):
        found += moved_days(sample.place / folder, seen)
    found += found_in.of_keys({name: columns for name, columns in seen.items() if name in ours})
    found += found_in.of_books(connection)
    found += found_in.of_durations(connection, tables)
    return found
