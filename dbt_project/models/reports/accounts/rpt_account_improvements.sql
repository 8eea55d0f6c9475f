with

improvements as (select * from {{ ref('int_health_improvements') }}),

accounts as (select * from {{ ref('rpt_accounts') }}),

labels as (select * from {{ ref('rpt_component_names') }})

select
    improvements.account_id,
    improvements.component,
    labels.label,
    labels.unit,
    labels.action_hint,
    improvements.next_band,
    improvements.override_rule,
    improvements.health_score,
    improvements.points_to_next_band,
    improvements.metric_value,
    improvements.component_score,
    improvements.most_points_to_gain,
    improvements.gain_rank,
    improvements.is_in_smallest_set
from improvements
inner join accounts using (account_id)
inner join labels using (component)
