"""Turns day offsets into dates and joins what belongs to an enrolment.

Three tables from which ``landing_tables`` and ``events`` select: presentations, enrolments and
students. Where the data leave a choice, it is written beside it.
"""

PREPARATION = """
-- The grain is a day: midnight says so, any other hour would look like a measurement.
create macro at_midnight(day) as strftime(day, '%Y-%m-%dT%H:%M:%SZ');

create table presentations as
select
    code_module,
    code_presentation,
    code_module || '-' || code_presentation as presentation_id,
    make_date(
        cast(left(code_presentation, 4) as integer),
        case right(code_presentation, 1) when 'B' then 2 when 'J' then 10 end,
        1
    ) as starts_on,
    starts_on + module_presentation_length as ends_on
from courses;

-- Who has no day of registration starts with the presentation. Who did not unregister on a
-- known day stays to the end of the term, whatever the result says: a withdrawal without a day
-- is not a dated churn. Who unregistered before registering ends before the start, as it says.
-- Between registration and the first day a place is kept and nothing is taught: that time is a
-- trial, so who unregisters in it never was a paying customer. A contract is counted in months
-- from its start, so the term is the fewest months that reach from registration to the end.
create table enrolments as
select
    presentation_id || '-' || id_student as subscription_id,
    presentation_id,
    id_student,
    'student-' || id_student as account_id,
    'user-' || id_student as user_id,
    code_module as plan_id,
    region,
    age_band,
    studied_credits,
    final_result,
    date_registration is null as is_start_assumed,
    starts_on as presentation_starts_on,
    starts_on + coalesce(date_registration, 0) as started_on,
    starts_on + date_unregistration as unregistered_on,
    greatest(started_on, starts_on) as taught_from,
    ends_on as term_ends_on,
    date_diff('month', started_on, ends_on)
    + case
        when started_on + to_months(date_diff('month', started_on, ends_on)) < ends_on then 1
        else 0
    end as term_months,
    coalesce(unregistered_on, term_ends_on) as ended_on
from student_info
join student_registration using (code_module, code_presentation, id_student)
join presentations using (code_module, code_presentation);

-- A student of several presentations is described by the latest.
create table students as
select
    *,
    min(started_on) over (partition by id_student) as first_started_on
from enrolments
qualify row_number() over (
    partition by id_student
    order by presentation_starts_on desc, started_on desc, subscription_id desc
) = 1;
"""
