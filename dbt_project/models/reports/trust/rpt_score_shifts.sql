with

shifts as (select * from {{ ref('int_score_shifts') }}),

labels as (select * from {{ ref('rpt_component_names') }})

select
    shifts.component,
    coalesce(labels.label, 'the score as a whole') as label,
    shifts.compared_date,
    shifts.account_count,
    shifts.account_count_then,
    shifts.stability_index,
    shifts.index_by_chance,
    shifts.is_shifted
from shifts
left join labels using (component)
