"""What an operator should know of how a vendor's folder is read, in sentences.

What is not here: what is said of lines and files, which the adapting and ``landing.remarks`` do.
"""

from collections.abc import Iterator, Mapping, Sequence

from orchestration.adapters.definition import Write
from orchestration.adapters.made import Key, Made
from orchestration.adapters.recognition import Recognition
from orchestration.landing.files import LandingFile, shown


def remarks_of(recognition: Recognition) -> Iterator[str]:
    """Say what reads a folder, and which of its tables and columns nothing reads."""
    adapter, folder = recognition.adapter, recognition.folder
    yield f"{folder.name}: read as {adapter.title} ({adapter.name})."
    for said, missed in sorted(recognition.missed.items()):
        yield (
            f"Not read: {folder.name}/{said}, as it lacks the columns {', '.join(missed)} of "
            f"{adapter.name}; {folder.tables[said][0].name} was looked at."
        )
    for said, names in sorted(recognition.doubtful.items()):
        yield (
            f"Not read: of {folder.name}/{said} the columns {', '.join(names)}, as a file writes "
            f"each in two ways and neither as {adapter.name} does; leave one of the two."
        )
    for said, names in sorted(recognition.lacking.items()):
        yield (
            f"Read: of {shown(said)} the columns {shown(', '.join(names))} are not told, as it "
            "lacks them and other files of its table have them; export it with them, else its "
            "lines take back what earlier files told there."
        )
    for write in adapter.writes:
        if write.unsaid_units:
            names = ", ".join(write.unsaid_units)
            yield (
                f"Read: of {folder.name}/{shown(write.driver)} {names} as minor units (cents), as "
                f"its mapping does not say what they are: amounts_in_units: [{names}] where 49 "
                "means 49 euros, amounts_in_units: [] where it means 49 cents."
            )
        if write.unsaid_durations:
            names = ", ".join(write.unsaid_durations)
            yield (
                f"Read: of {folder.name}/{shown(write.driver)} {names} as milliseconds, as its "
                f"mapping does not say what they are: durations_in_seconds: [{names}], "
                "durations_in_microseconds or durations_in_nanoseconds, or "
                "durations_in_seconds: [] where they are milliseconds."
            )
        if write.people_are_accounts:
            yield (
                f"Read: of {folder.name}/{shown(write.driver)} user_id and account_id as one "
                "column, so each account counts as one person, and what counts people (active "
                "users, seats in use, roles) counts accounts; map user_id to the column that says "
                "who it was, where there is one."
            )
    if recognition.unread:
        yield (
            f"Not read: {', '.join(f'{folder.name}/{said}' for said in recognition.unread)}, as "
            f"{adapter.name} makes nothing of it."
        )


def left_behind(
    files: Mapping[str, Sequence[LandingFile]], writes: Sequence[Write], before: Mapping[Key, Made]
) -> Iterator[str]:
    """Say what files became before and become no more, as a mapping was corrected."""
    tables = {file.name: name for name, found in files.items() for file in found}
    becomes = {(write.landing_table, name) for write in writes for name in write.reads}
    for (system, table, file), made in before.items():
        is_former = file in tables and (f"{system}/{table}", tables[file]) not in becomes
        if is_former and made.row_count:
            yield (
                f"Still there: {made.row_count} lines of {shown(file)} in {system}/{table}, which "
                "it became before and becomes no more; make rebuild leaves them out."
            )


def taken_away(
    recognition: Recognition, files: Mapping[str, Sequence[LandingFile]], before: Mapping[Key, Made]
) -> Iterator[str]:
    """Say which tables of a folder were read before and have no file any more.

    The tables of a vendor are read together: what one told of another is not told without it.
    """
    folder, adapter = recognition.folder, recognition.adapter
    below = f"{folder.name}/"
    read = {
        table
        for made in before.values()
        if made.adapter == adapter.name and made.file.startswith(below)
        # Of what a former version made the file's name alone tells the table.
        for table in made.read_tables
        or (made.file.removeprefix(below).partition("/")[0].partition(".")[0],)
    }
    if gone := sorted(name for name in read if name in adapter.tables and name not in files):
        yield (
            f"Not read: {', '.join(below + name for name in gone)}, whose files were taken away "
            "since they were read. The tables beside them are read without them, which may take "
            "back what they told there: put them back, as the folder of a vendor is read as a "
            "whole."
        )
