{{ config(materialized='ephemeral') }}

with

keys as (select * from {{ ref('int_account_keys_matched') }})

select
    lower(foreign_key) as folded_account_id,
    min(recognised_account_id) as recognised_account_id,
    min(former_account_id) as former_account_id
from keys
where is_of_the_crm and matched_by = 'key' and foreign_key != recognised_account_id
group by lower(foreign_key)
having count(distinct recognised_account_id) = 1
