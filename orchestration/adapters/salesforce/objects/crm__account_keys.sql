-- An account that was merged is deleted and names the one that lives on: what was said of it is said of that one, or of
-- the one that this has been merged into since.
with recursive

-- What was merged may be restored, and names no survivor then.
latest as (
    select id, master_record_id, is_deleted, landed_file, landed_line
    from account
    qualify
        row_number() over (
            partition by id
            order by
                to_time(coalesce(last_modified_date, system_modstamp)) desc nulls last, landed_file desc, landed_line desc
        ) = 1
),

merged as (
    select * from latest
    where master_record_id <> id
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
),

survivors as (
    select id, survivor, landed_file, landed_line from last
    where step < 20
    union all
    select id, id as survivor, landed_file, landed_line from latest
    where not is_deleted and master_record_id is null
),

-- The last three of 18 characters check the capitals of the others: formulas, reports and links write 15.
names as (
    select id as name, survivor, landed_file, landed_line from survivors
    union all
    select left(id, 15) as name, survivor, landed_file, landed_line from survivors
    where length(id) = 18
)

select
    this_folder() as system,
    name as foreign_key,
    survivor as account_id,
    landed_file,
    landed_line
from names
where name <> survivor
