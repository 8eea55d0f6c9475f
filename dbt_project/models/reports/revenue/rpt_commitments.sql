with

commitments as (select * from {{ ref('int_commitments_deduplicated') }}),

usage as (select * from {{ ref('int_metered_usage_deduplicated') }}),

accounts as (select * from {{ ref('rpt_accounts') }}),

-- A meter of which nobody's use is told says nothing about anybody.
meters as (
    select
        meter,
        min(used_on) as told_from,
        max(used_on) as told_until
    from usage
    group by meter
),

used as (
    select
        commitments.commitment_id,
        sum(usage.quantity) as quantity
    from commitments
    inner join usage
        on
            commitments.account_id = usage.account_id
            and commitments.meter = usage.meter
            and commitments.starts_on <= usage.used_on
            and commitments.ends_on > usage.used_on
    group by commitments.commitment_id
),

-- Use that began before the first told day is not known whole.
paced as (
    select
        commitments.*,
        case when meters.told_from <= commitments.starts_on then coalesce(used.quantity, 0) end as used_quantity,
        case
            when meters.told_until >= commitments.starts_on
                then {{ days_between('commitments.starts_on', 'least(meters.told_until + 1, commitments.ends_on)') }}
        end as told_days,
        case
            when commitments.ends_on < date '9999-12-31'
                then {{ days_between('commitments.starts_on', 'commitments.ends_on') }}
        end as term_days
    from commitments
    left join meters using (meter)
    left join used using (commitment_id)
),

shares as (
    select
        *,
        used_quantity / nullif(quantity, 0) as used_share,
        told_days / nullif(cast(term_days as double), 0) as elapsed_share,
        case
            when used_quantity > 0 and told_days > 0
                then starts_on + cast(ceiling(least(told_days * quantity / nullif(used_quantity, 0), 36500)) as integer)
        end as runs_out_on
    from paced
)

select
    shares.commitment_id,
    shares.account_id,
    accounts.account_name,
    accounts.csm_id,
    accounts.mrr,
    shares.meter,
    shares.commitment_kind,
    case
        when shares.used_share is null then 'not told'
        when shares.used_share >= 1 and shares.commitment_kind = 'commitment' then 'met'
        when shares.used_share >= 1 then 'used up'
        when
            shares.commitment_kind != 'commitment'
            and shares.runs_out_on < shares.ends_on - {{ var('credit_early_days') }}
            then 'runs out early'
        when
            shares.commitment_kind = 'commitment'
            and shares.used_share < {{ var('commitment_pace_low') }} * shares.elapsed_share
            then 'behind'
        else 'on pace'
    end as pace_status,
    shares.quantity,
    shares.used_quantity,
    shares.used_share,
    shares.elapsed_share,
    shares.starts_on,
    nullif(shares.ends_on, date '9999-12-31') as ends_on,
    shares.runs_out_on
from shares
inner join accounts using (account_id)
