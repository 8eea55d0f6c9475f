with

changes as (select * from {{ ref('int_segment_health_changes') }}),

labels as (select * from {{ ref('rpt_component_names') }})

select
    changes.dimension,
    changes.segment,
    changes.horizon_days,
    changes.cause,
    changes.component,
    case when changes.component = 'all' then changes.cause else labels.label end as label,
    changes.effect,
    cast(
        sum(cast(changes.effect as decimal(18, 15))) over (
            partition by changes.dimension, changes.segment, changes.horizon_days, changes.cause
        ) as double
    ) as cause_effect,
    row_number() over (
        partition by changes.dimension, changes.segment, changes.horizon_days, changes.cause
        order by abs(changes.effect) desc, changes.component asc
    ) as effect_rank,
    changes.mean_score_now - changes.mean_score_then as mean_score_change,
    changes.mean_score_then,
    changes.mean_score_now,
    changes.stayer_count,
    changes.joiner_count,
    changes.leaver_count
from changes
left join labels using (component)
