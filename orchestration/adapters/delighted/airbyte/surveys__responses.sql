-- An answer that was changed is delivered again; the last one holds.
select
    responses.id as response_id,
    -- What Delighted calls ces has five marks, and ces7 seven; csat has five and csat3 three.
    case lower(responses.survey_type)
        when 'ces7' then 'ces'
        when 'csat3' then 'csat'
        else lower(responses.survey_type)
    end as survey_type,
    responses.score,
    case lower(responses.survey_type)
        when 'nps' then 0 when 'csat' then 1 when 'csat3' then 1 when 'ces' then 1 when 'ces7' then 1
    end as scale_min,
    case lower(responses.survey_type)
        when 'nps' then 10 when 'csat' then 5 when 'csat3' then 3 when 'ces' then 5 when 'ces7' then 7
    end as scale_max,
    responses.comment,
    as_time(responses.created_at) as responded_at,
    -- Whoever has no address is known as the one who answered by Delighted's own number, which is nobody else's here.
    coalesce(
        inside(responses.person_properties, path_of(responses.person_properties, ['userid'])),
        lower(inside(responses.person, '$.email')),
        lower(people.email),
        this_folder() || ':' || responses.person_key
    ) as user_id,
    coalesce(
        inside(
            responses.person_properties, path_of(responses.person_properties, ['accountid', 'companyid', 'account'])
        ),
        no_json(responses.person_properties)
    ) as account_id,
    responses.landed_file,
    responses.landed_line
from (
    select *, coalesce(inside(person, '$.id'), case when person not like '{%' then as_key(person) end) as person_key
    from survey_responses
) as responses
left join (
    select as_key(id) as id, max(email) as email from people group by all
) as people on people.id = responses.person_key
