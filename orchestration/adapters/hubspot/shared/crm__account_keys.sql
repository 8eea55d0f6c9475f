-- A company that was merged lives on under the name of the other: what was said of it is said of that one.
with

-- Between semicolons, or as a list of JSON or of Python.
merged as (
    select
        as_key(unnest(string_split_regex(translate(hs_merged_object_ids, '[]''" ', ''), '[;,]'))) as foreign_key,
        company_id as account_id,
        landed_file,
        landed_line
    from each_company
    where not is_deleted
)

select
    this_folder() as system,
    foreign_key,
    account_id,
    landed_file,
    landed_line
from merged
where foreign_key is not null
