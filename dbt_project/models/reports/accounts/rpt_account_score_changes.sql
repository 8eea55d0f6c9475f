with

accounts as (select * from {{ ref('rpt_accounts') }}),

days as (select * from {{ ref('int_health_compared_days') }}),

pairs as (select * from {{ ref('int_health_score_pairs_daily') }}),

changes as (select * from {{ ref('fct_account_health_changes') }} where cause in ('behaviour', 'model')),

-- Every version of a model names the bands again, the worst first.
bands as (
    select
        band,
        min(band_order) as band_order
    from {{ ref('score_bands') }}
    group by band
),

health as (
    select health.*
    from {{ ref('fct_account_health_daily') }} as health
    inner join days using (score_date)
),

behaviour as (
    select
        changes.account_id,
        changes.horizon_days,
        -- As a decimal, so that the order of the sum does not show.
        cast(
            sum(cast(case when changes.cause = 'behaviour' then changes.effect else 0 end as decimal(18, 12))) as double
        ) as behaviour_effect,
        cast(
            sum(
                cast(
                    case when changes.cause = 'model' and changes.component != 'all' then changes.effect else 0 end
                    as decimal(18, 12)
                )
            ) as double
        ) as reference_effect
    from changes
    inner join days on changes.score_date = days.score_date and days.horizon_days = 0
    group by changes.account_id, changes.horizon_days
),

-- What customers did: the score as it would be now if their behaviour, and the rules that it sets off, were all that
-- changed. What is measured, by which model and against which references, is nothing that they did.
measured as (
    select
        pairs.account_id,
        accounts.account_name,
        pairs.score_date,
        pairs.horizon_days,
        pairs.compared_date,
        coalesce(later.override_rule, earlier.override_rule) as override_rule,
        earlier.band as band_then,
        accounts.band,
        earlier.health_score as score_then,
        accounts.health_score as score_now,
        accounts.health_score - earlier.health_score as change,
        {{ customer_change('pairs.score_then', 'behaviour.behaviour_effect', 'pairs.cap', 'earlier.health_score') }}
            as customer_change,
        pairs.model_effect + coalesce(behaviour.reference_effect, 0) as model_change,
        later.model_version_id != earlier.model_version_id as is_other_model
    from pairs
    inner join accounts on pairs.account_id = accounts.account_id and pairs.score_date = accounts.as_of_date
    inner join health as earlier on pairs.account_id = earlier.account_id and pairs.compared_date = earlier.score_date
    inner join health as later on pairs.account_id = later.account_id and pairs.score_date = later.score_date
    left join behaviour on pairs.account_id = behaviour.account_id and pairs.horizon_days = behaviour.horizon_days
)

select
    measured.account_id,
    measured.account_name,
    measured.score_date,
    measured.horizon_days,
    measured.compared_date,
    measured.band_then,
    measured.band,
    case
        when bands.band_order = bands_then.band_order then null
        when
            (measured.change - measured.customer_change) * sign(bands.band_order - bands_then.band_order)
            > greatest(measured.customer_change * sign(bands.band_order - bands_then.band_order), 0.05)
            then case when measured.is_other_model then 'model' else 'availability' end
        when
            measured.is_other_model
            and measured.customer_change * sign(bands.band_order - bands_then.band_order) < 0.05
            then 'model'
        else 'customer'
    end as moved_by,
    measured.score_then,
    measured.score_now,
    measured.change,
    measured.customer_change,
    measured.change - measured.customer_change - measured.model_change as availability_change,
    measured.model_change,
    measured.override_rule
from measured
inner join bands using (band)
inner join bands as bands_then on measured.band_then = bands_then.band
