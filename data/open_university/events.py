"""The events: one per row of clicks and one per submission.

Nothing is summed, merged or dropped here. The number of clicks of a row is in its properties.
"""

# No event id: the data have none, and a row that repeats another to the letter is real. The
# site and the presentation are in the properties, so that no two rows become alike that were
# not. A result carried over from an earlier presentation is marked there too.
EVENTS = """
create view events as
select
    presentation_id,
    'vle_' || activity_type as event_name,
    'track' as event_type,
    at_midnight(starts_on + "date") as event_ts,
    'user-' || id_student as user_id,
    'student-' || id_student as account_id,
    activity_type as feature_id,
    json_object(
        'click_count', sum_click, 'site_id', id_site, 'presentation_id', presentation_id
    ) as properties
from student_vle
join presentations using (code_module, code_presentation)
join (select id_site, activity_type from vle_sites) using (id_site)
union all
select
    presentation_id,
    case when is_banked = 1 then 'assessment_banked' else 'assessment_submitted' end,
    'track',
    at_midnight(starts_on + date_submitted),
    'user-' || id_student,
    'student-' || id_student,
    'assessment',
    json_object(
        'assessment_id', id_assessment,
        'assessment_type', assessment_type,
        'is_banked', is_banked = 1,
        'presentation_id', presentation_id
    )
from student_assessment
join assessments using (id_assessment)
join presentations using (code_module, code_presentation)
"""
