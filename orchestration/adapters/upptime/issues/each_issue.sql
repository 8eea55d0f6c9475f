-- An issue with the label status is an incident, one with the label maintenance a maintenance, any other is neither.
-- Labels are objects, names, or one text of names; they are compared whole, as in a repository called status the address
-- of each label has that word. When a maintenance begins and ends and what will be down, a comment in its body says; the
-- issue itself is opened when it is announced.
with

labelled as (
    select
        *,
        case
            when json_valid(labels) then list_transform(
                entries(labels, '$'), lambda label: coalesce(inside(label, '$.name'), inside(label, '$'))
            )
            when labels like '[{%' then regexp_extract_all(labels, '''name'': ''([^'']*)''', 1)
            else list_transform(
                string_split(regexp_replace(labels, '[\[\]''"]', '', 'g'), ','), lambda label: trim(label)
            )
        end as names,
        regexp_extract(body, '(?s)<!--(.*?)-->', 1) as plan
    from issues
),

kinds as (
    select
        *,
        list_contains(names, 'maintenance') as is_maintenance,
        nullif(regexp_extract(plan, '(?m)^\s*start:[ \t]*(\S.*?)\s*$', 1), '') as planned_start,
        nullif(regexp_extract(plan, '(?m)^\s*end:[ \t]*(\S.*?)\s*$', 1), '') as planned_end,
        list_transform(
            string_split(
                array_to_string(regexp_extract_all(plan, '(?m)^\s*expected(?:Down|Degraded):(.*)$', 1), ','), ','
            ),
            lambda site: trim(site, e' \t\r')
        ) as planned_sites,
        nullif(regexp_replace(trim(closed_at), '(?i)^(nat|nan|none|null|<na>|\\n)$', ''), '') as closed
    from labelled
    where list_contains(names, 'status') or list_contains(names, 'maintenance')
)

-- The number of an issue is one of its repository only, so two status pages need more to be told apart.
select
    coalesce(nullif(regexp_extract(html_url, '([^/]+/[^/]+)/issues/\d+', 1), '') || '#', '')
        || as_key(number) as incident_id,
    title as name,
    is_maintenance,
    closed is null and lower(trim(state)) is distinct from 'closed' as is_open,
    list_filter(
        list_distinct(case when is_maintenance then list_concat(names, coalesce(planned_sites, [])) else names end),
        lambda site: site not in ('', 'status', 'maintenance')
    ) as sites,
    as_time(case when is_maintenance then coalesce(planned_start, created_at) else created_at end) as started_at,
    -- What is closed before its planned end is over then.
    as_time(
        case when is_maintenance and to_time(planned_end) < to_time(closed) then planned_end else closed end
    ) as resolved_at,
    landed_file,
    landed_line
from kinds
