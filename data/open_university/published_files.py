"""The publisher's files: what each is called, which columns are read, what holds them together.

A column that is not listed is not read: sex, education, deprivation, disability and scores stay
where they are. How the files are read is in ``reading``.
"""

from dataclasses import dataclass


class SourceError(ValueError):
    """A published file cannot be used. The text names the file, and the column if it is one."""


@dataclass(frozen=True)
class PublishedFile:
    """One table of the data set.

    Attributes:
        table: the name under which it is loaded.
        names: the file names that are accepted, the preferred one first.
        columns: the columns that are read, with their types.
        optional: the columns that may be empty in a row.
        key: the columns that identify a row; none where rows may repeat.
    """

    table: str
    names: tuple[str, ...]
    columns: dict[str, str]
    optional: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """Rows of one table that need a row of another."""

    table: str
    needs: str
    columns: tuple[str, ...]


PRESENTATION = {"code_module": "varchar", "code_presentation": "varchar"}
ENROLMENT = PRESENTATION | {"id_student": "bigint"}

PUBLISHED_FILES = (
    PublishedFile(
        table="courses",
        names=("courses.csv",),
        columns=PRESENTATION | {"module_presentation_length": "integer"},
        key=tuple(PRESENTATION),
    ),
    PublishedFile(
        table="student_info",
        names=("student_info.csv", "studentInfo.csv"),
        columns=ENROLMENT
        | {
            "region": "varchar",
            "age_band": "varchar",
            "studied_credits": "bigint",
            "final_result": "varchar",
        },
        optional=frozenset({"region", "age_band", "studied_credits", "final_result"}),
        key=tuple(ENROLMENT),
    ),
    PublishedFile(
        table="student_registration",
        names=("student_registration.csv", "studentRegistration.csv"),
        columns=ENROLMENT | {"date_registration": "integer", "date_unregistration": "integer"},
        optional=frozenset({"date_registration", "date_unregistration"}),
        key=tuple(ENROLMENT),
    ),
    PublishedFile(
        table="vle_sites",
        names=("vle_sites.csv", "vle.csv"),
        columns={"id_site": "bigint", "activity_type": "varchar"},
        key=("id_site",),
    ),
    PublishedFile(
        table="student_vle",
        names=("student_vle.parquet", "student_vle.csv", "studentVle.csv"),
        columns=ENROLMENT | {"id_site": "bigint", "date": "integer", "sum_click": "bigint"},
    ),
    PublishedFile(
        table="assessments",
        names=("assessments.csv",),
        columns=PRESENTATION | {"id_assessment": "bigint", "assessment_type": "varchar"},
        key=("id_assessment",),
    ),
    PublishedFile(
        table="student_assessment",
        names=("student_assessment.csv", "studentAssessment.csv"),
        columns={
            "id_assessment": "bigint",
            "id_student": "bigint",
            "date_submitted": "integer",
            "is_banked": "integer",
        },
    ),
)

# Without these a join would lose rows, and nobody would notice.
REFERENCES = (
    Reference("student_info", "courses", tuple(PRESENTATION)),
    Reference("student_info", "student_registration", tuple(ENROLMENT)),
    Reference("student_registration", "student_info", tuple(ENROLMENT)),
    Reference("student_vle", "courses", tuple(PRESENTATION)),
    Reference("student_vle", "vle_sites", ("id_site",)),
    Reference("assessments", "courses", tuple(PRESENTATION)),
    Reference("student_assessment", "assessments", ("id_assessment",)),
)
