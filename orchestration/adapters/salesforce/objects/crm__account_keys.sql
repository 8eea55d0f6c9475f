-- An account that was merged is deleted and names the one that lives on: what was said of it is said of that one, or of
-- the one that this has been merged into since.
with recursive

-- What was merged may be restored, and names no survivor then.
merged as (
    select id, master_record_id, landed_file, landed_line
    from account
    qualify
        master_record_id <> id
        and row_number() over (
            partition by id
            order by
                to_time(coalesce(last_modified_date, system_modstamp)) desc nulls last, landed_file desc, landed_line desc
        ) = 1
),

followed as (
    select id, master_record_id as survivor, 1 as step, landed_file, landed_line from merged
    union all
    select followed.id, merged.master_record_id as survivor, followed.step + 1 as step, followed.landed_file, followed.landed_line
    from followed
    inner join merged on merged.id = followed.survivor
    -- Accounts that name each other as survivors have none.
    where followed.step < 20
),

last as (
    select * from followed
    qualify step = max(step) over (partition by id)
)

select
    this_folder() as system,
    id as foreign_key,
    survivor as account_id,
    landed_file,
    landed_line
from last
where step < 20
