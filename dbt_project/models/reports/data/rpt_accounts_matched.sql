with

keys as (select * from {{ ref('int_account_keys_matched') }})

select
    key_system,
    count(*) as name_count,
    count(*) filter (where matched_by = 'key') as matched_by_key_count,
    count(*) filter (where matched_by = 'domain') as matched_by_domain_count,
    count(*) filter (where matched_by = 'ambiguous') as ambiguous_count,
    count(*) filter (where matched_by = 'unmatched') as unmatched_count,
    min(case when matched_by = 'ambiguous' then foreign_key || ' could be ' || candidate_account_ids end)
        as ambiguous_example,
    min(foreign_key) filter (where matched_by = 'unmatched') as unmatched_example
from keys
group by key_system
