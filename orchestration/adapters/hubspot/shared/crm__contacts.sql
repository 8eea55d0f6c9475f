-- People of whom it is told what they are for the contract; all others are addresses. Of whom it was told and is told
-- no longer, who has no company any more, and who was merged into another, is taken back.
with

merged as (
    select contact_id as survivor, unnest(merged_keys(merged_ids)) as contact_id
    from each_contact
    where not is_deleted
)

select
    contact_id,
    coalesce(account_id, max(account_id) over every_version) as account_id,
    lower(email) as user_id,
    contact_role_of(hs_buying_role) as role,
    as_time(created_date) as created_at,
    as_time(left_at) as left_at,
    as_time(lastmodifieddate) as updated_at,
    is_deleted
    or account_id is null
    or contact_role_of(hs_buying_role) is null
    or exists (
        select 1 from merged
        where merged.contact_id = each_version.contact_id and merged.survivor <> each_version.contact_id
    ) as is_deleted,
    landed_file,
    landed_line
from each_version
window every_version as (partition by contact_id)
qualify
    bool_or(account_id is not null and (contact_role_of(hs_buying_role) is not null or is_deleted))
        over every_version
