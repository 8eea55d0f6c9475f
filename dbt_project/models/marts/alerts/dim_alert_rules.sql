with

rules as (select * from {{ ref('alert_rules') }}),

measures as (select * from {{ ref('alert_measures') }}),

metrics as (select * from {{ ref('dim_metrics') }}),

routed as (select distinct route from {{ ref('alert_routes') }}),

-- A comparison is asked of the value times its sign, so that more is worse in every rule.
signed as (
    select
        rules.*,
        case rules.comparison when 'at_least' then 1 when 'at_most' then -1 end as direction_sign,
        coalesce(measures.unit, metrics.unit) as unit,
        coalesce(measures.label, metrics.label) as metric_label,
        routed.route is not null as has_route
    from rules
    left join measures on rules.metric = measures.measure and rules.grain = 'account'
    left join metrics on rules.metric = metrics.metric and rules.grain in ('portfolio', 'segment')
    left join routed on rules.route = routed.route
),

judged as (
    select
        *,
        case
            when grain is null or grain not in ('account', 'segment', 'portfolio', 'source')
                then 'the grain is none of account, segment, portfolio and source'
            when grain = 'source' and coalesce(metric, '') != 'is_stale'
                then 'of a source only is_stale is measured'
            when grain = 'account' and metric_label is null
                then 'no measure of accounts has this name: see alert_measures'
            when grain in ('segment', 'portfolio') and metric_label is null
                then 'no metric has this name: see dim_metrics'
            when grain = 'segment' and dimension is null then 'a rule about segments names their dimension'
            when direction_sign is null then 'the comparison is neither at_least nor at_most'
            when warning is null or recover is null then 'warning and recover are both needed'
            when direction_sign * recover >= direction_sign * warning
                then 'recover is to lie on the good side of warning'
            when direction_sign * critical < direction_sign * warning then 'critical is to be worse than warning'
            when coalesce(min_breaches, 0) < 1 or coalesce(min_oks, 0) < 1 then 'min_breaches and min_oks are 1 or more'
            when not has_route then 'no channel has this route: see alert_routes'
            when coalesce(trim(owner), '') = '' then 'it has no owner'
        end as problem
    from signed
)

select
    rule,
    status,
    grain,
    metric,
    dimension,
    topic,
    comparison,
    route,
    owner,
    label,
    metric_label,
    unit,
    runbook,
    problem,
    direction_sign,
    min_breaches,
    min_oks,
    cooldown_days,
    escalate_after_days,
    known_after_days,
    value_stands_days,
    warning,
    critical,
    recover,
    valid_from,
    valid_to
from judged
