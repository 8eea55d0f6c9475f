with

losses as (select * from {{ ref('rpt_component_losses') }}),

-- The row 'all' closes the account: 100 less the points lost is the mean score of the scored accounts.
pillars as (
    select
        pillar,
        nominal_weight,
        mean_points_lost
    from losses

    union all

    select
        'all' as pillar,
        nominal_weight,
        mean_points_lost
    from losses
)

select
    pillar,
    cast(sum(cast(nominal_weight as decimal(18, 9))) as double) as nominal_weight,
    cast(sum(cast(mean_points_lost as decimal(18, 9))) as double) as mean_points_lost,
    case
        when pillar = 'all' then 100 - cast(sum(cast(mean_points_lost as decimal(18, 9))) as double)
    end as mean_health_score
from pillars
group by pillar
