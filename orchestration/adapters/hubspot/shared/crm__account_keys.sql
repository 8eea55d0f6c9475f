-- A company that was merged lives on under the name of the other: what was said of it is said of that one.
select
    this_folder() as system,
    unnest(merged_keys(hs_merged_object_ids)) as foreign_key,
    company_id as account_id,
    landed_file,
    landed_line
from each_company
where not is_deleted
