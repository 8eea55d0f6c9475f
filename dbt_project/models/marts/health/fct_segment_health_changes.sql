with

parameters as (select * from {{ ref('stg_run__parameters') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account'
),

changes as (select * from {{ ref('fct_account_health_changes') }}),

-- Everybody with a score at one end or both, in the segment of that end.
scored as (
    select
        health.account_id,
        segments.dimension,
        segments.segment,
        health.score_date,
        health.health_score
    from health
    inner join segments
        on
            health.account_id = segments.account_id
            and health.score_date = segments.activity_date
    where health.health_score is not null
),

members as (
    {%- for horizon in var('change_horizons') %}
        select
            coalesce(later.dimension, earlier.dimension) as dimension,
            coalesce(later.segment, earlier.segment) as segment,
            {{ horizon }} as horizon_days,
            coalesce(later.account_id, earlier.account_id) as account_id,
            earlier.health_score as score_then,
            later.health_score as score_now,
            later.account_id is not null and earlier.account_id is not null as has_stayed
        from (select scored.* from scored inner join parameters on scored.score_date = parameters.as_of_date) as later
        full outer join (
            select scored.*
            from scored inner join parameters on scored.score_date = parameters.as_of_date - {{ horizon }}
        ) as earlier
            on
                later.account_id = earlier.account_id
                and later.dimension = earlier.dimension
                and later.segment = earlier.segment
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

means as (
    select
        dimension,
        segment,
        horizon_days,
        count(*) filter (where has_stayed) as stayer_count,
        count(*) filter (where score_then is null) as joiner_count,
        count(*) filter (where score_now is null) as leaver_count,
        avg(cast(score_then as decimal(18, 12))) as mean_then,
        avg(cast(score_now as decimal(18, 12))) as mean_now,
        avg(cast(score_then as decimal(18, 12))) filter (where has_stayed) as stayers_then,
        avg(cast(score_now as decimal(18, 12))) filter (where has_stayed) as stayers_now
    from members
    group by dimension, segment, horizon_days
),

-- Of those who stayed each cause is the mean of theirs; who came and who went move the mean by being in it.
effects as (
    select
        members.dimension,
        members.segment,
        members.horizon_days,
        changes.cause,
        changes.component,
        sum(cast(changes.effect as decimal(18, 12))) / max(means.stayer_count) as effect
    from members
    inner join means using (dimension, segment, horizon_days)
    inner join changes using (account_id, horizon_days)
    inner join parameters on changes.score_date = parameters.as_of_date
    where members.has_stayed
    group by members.dimension, members.segment, members.horizon_days, changes.cause, changes.component
    union all
    select
        dimension,
        segment,
        horizon_days,
        'joiners' as cause,
        'all' as component,
        mean_now - stayers_now as effect
    from means
    where stayer_count > 0
    union all
    select
        dimension,
        segment,
        horizon_days,
        'leavers' as cause,
        'all' as component,
        stayers_then - mean_then as effect
    from means
    where stayer_count > 0
)

select
    effects.dimension,
    effects.segment,
    effects.horizon_days,
    effects.cause,
    effects.component,
    cast(effects.effect as double) as effect,
    cast(means.mean_then as double) as mean_score_then,
    cast(means.mean_now as double) as mean_score_now,
    means.stayer_count,
    means.joiner_count,
    means.leaver_count
from effects
inner join means using (dimension, segment, horizon_days)
