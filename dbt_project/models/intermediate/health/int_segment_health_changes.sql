with

parameters as (select * from {{ ref('stg_run__parameters') }}),

asked as (
    {%- for horizon in var('change_horizons') %}
        select
            as_of_date as score_date,
            {{ horizon }} as horizon_days,
            as_of_date - {{ horizon }} as compared_date
        from parameters
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- Everybody with a score at one end or both, in the segment of that end.
{%- for end, day in [('later', 'score_date'), ('earlier', 'compared_date')] %}
    {{ end }} as (
        select
            asked.score_date,
            asked.horizon_days,
            segments.dimension,
            segments.segment,
            health.account_id,
            health.health_score
        from asked
        inner join {{ ref('fct_account_health_daily') }} as health on asked.{{ day }} = health.score_date
        inner join {{ ref('fct_account_segments_daily') }} as segments
            on
                health.account_id = segments.account_id
                and health.score_date = segments.activity_date
        where
            health.health_score is not null
            and segments.dimension != 'account'
    ),
{% endfor %}
{%- set line = ['score_date', 'dimension', 'segment', 'horizon_days'] %}
members as (
    select
        {{ line | join(',\n        ') }},
        account_id,
        earlier.health_score as score_then,
        later.health_score as score_now,
        earlier.health_score is not null and later.health_score is not null as has_stayed
    from later
    full outer join earlier using ({{ line | join(', ') }}, account_id)
),

means as (
    select
        {{ line | join(',\n        ') }},
        count(*) filter (where has_stayed) as stayer_count,
        count(*) filter (where score_then is null) as joiner_count,
        count(*) filter (where score_now is null) as leaver_count,
        cast(avg(cast(score_then as decimal(18, 12))) as double) as mean_then,
        cast(avg(cast(score_now as decimal(18, 12))) as double) as mean_now,
        cast(avg(cast(score_then as decimal(18, 12))) filter (where has_stayed) as double) as stayers_then,
        cast(avg(cast(score_now as decimal(18, 12))) filter (where has_stayed) as double) as stayers_now
    from members
    group by {{ line | join(', ') }}
),

-- Who came and who went move the mean by being in it.
effects as (
    select
        {%- for name in line %}
            members.{{ name }},
        {%- endfor %}
        changes.cause,
        changes.component,
        cast(sum(cast(changes.effect as decimal(18, 12))) as double) / max(means.stayer_count) as effect
    from members
    inner join means using ({{ line | join(', ') }})
    inner join {{ ref('fct_account_health_changes') }} as changes using (account_id, score_date, horizon_days)
    where members.has_stayed
    group by members.{{ line | join(', members.') }}, changes.cause, changes.component
    {%- for cause, effect in [('joiners', 'mean_now - stayers_now'), ('leavers', 'stayers_then - mean_then')] %}
        union all
        select
            {{ line | join(',\n            ') }},
            '{{ cause }}' as cause,
            'all' as component,
            {{ effect }} as effect
        from means
        where stayer_count > 0
    {%- endfor %}
)

select
    {%- for name in line %}
        effects.{{ name }},
    {%- endfor %}
    effects.cause,
    effects.component,
    effects.effect,
    means.mean_then as mean_score_then,
    means.mean_now as mean_score_now,
    means.stayer_count,
    means.joiner_count,
    means.leaver_count
from effects
inner join means using ({{ line | join(', ') }})
