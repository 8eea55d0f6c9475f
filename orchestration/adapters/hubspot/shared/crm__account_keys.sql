-- A company that was merged lives on under the name of the other: what was said of it is said of that one.
select
    this_folder() as system,
    -- Between semicolons, or as a list of JSON.
    as_key(trim(unnest(case
        when json_type(case when json_valid(hs_merged_object_ids) then hs_merged_object_ids end) = 'ARRAY'
            then list_transform(entries(hs_merged_object_ids, '$'), lambda one: one ->> '$')
        else string_split(hs_merged_object_ids, ';')
    end))) as foreign_key,
    company_id as account_id,
    landed_file,
    landed_line
from each_company
where hs_merged_object_ids is not null and not is_deleted
