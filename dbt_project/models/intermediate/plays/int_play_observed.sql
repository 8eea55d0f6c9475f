with

episodes as (select * from {{ ref('int_play_episodes') }}),

account_days as (select * from {{ ref('fct_account_daily') }} where is_customer)

-- Those for whom something was done or held back, and every customer on Mondays, with whom they can be compared.
select
    play,
    account_id,
    began_on as observed_on,
    arm
from episodes

union all

select
    '' as play,
    account_id,
    activity_date as observed_on,
    '' as arm
from account_days
where cast(date_trunc('week', activity_date) as date) = activity_date
