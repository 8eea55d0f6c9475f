with

sensitivity as (select * from {{ ref('int_health_sensitivity') }}),

labels as (select * from {{ ref('rpt_component_names') }}),

by_account as (
    select
        account_id,
        component,
        bool_or(weight_factor < 1 and moved_band is distinct from band) as is_other_when_lower,
        bool_or(weight_factor > 1 and moved_band is distinct from band) as is_other_when_higher,
        max(abs(moved_score - health_score)) as largest_move
    from sensitivity
    group by account_id, component
)

-- How far the bands hang on each weight, over the accounts whose score has the component.
select
    by_account.component,
    labels.label,
    count(*) as account_count,
    count(*) filter (where by_account.is_other_when_lower or by_account.is_other_when_higher) as other_band_count,
    count(*) filter (where by_account.is_other_when_lower) as other_band_when_lower_count,
    count(*) filter (where by_account.is_other_when_higher) as other_band_when_higher_count,
    count(*) filter (where by_account.is_other_when_lower or by_account.is_other_when_higher)
    / cast(count(*) as double) as other_band_rate,
    max(by_account.largest_move) as largest_move
from by_account
inner join labels using (component)
group by by_account.component, labels.label
