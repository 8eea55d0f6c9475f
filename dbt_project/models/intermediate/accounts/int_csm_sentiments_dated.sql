with

judgements as (select * from {{ with_known_names('stg_crm__csm_sentiment') }}),

-- The last judgement of a day is that of the day.
day_judgements as (
    select
        account_id,
        sentiment,
        {{ local_day('set_at') }} as first_date,
        {{ local_day('expires_at') }} as expires_on
    from judgements
    where
        rejection_reason is null
        and {{ happened_by_as_of('set_at') }}
    qualify {{ is_latest(['account_id', local_day('set_at')], ['set_at']) }}
)

-- A judgement stands until the next one, and not on the day on which it expires.
select
    account_id,
    sentiment,
    first_date,
    least(
        coalesce(expires_on, date '9999-12-31'),
        coalesce(lead(first_date) over (partition by account_id order by first_date), date '9999-12-31')
    ) as end_date
from day_judgements
