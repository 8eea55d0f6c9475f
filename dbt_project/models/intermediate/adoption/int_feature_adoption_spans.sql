with

usage as (select * from {{ ref('int_user_usage_summed_to_days') }}),

user_days as (select * from {{ ref('fct_user_activity_daily') }}),

features as (select * from {{ ref('dim_features') }}),

reach_spans as (select * from {{ ref('int_user_reach_spans') }}),

core_days as (
    select
        usage.account_id,
        usage.feature_id,
        usage.user_id,
        usage.activity_date,
        usage.core_event_count,
        features.core_min_count
    from usage
    inner join user_days using (account_id, user_id, activity_date)
    inner join features using (feature_id)
    where user_days.is_in_population and features.is_core and usage.core_event_count > 0
),

-- Sorting millions of days by one number takes a fraction of sorting them by three names.
uses as (
    select
        account_id,
        feature_id,
        user_id,
        row_number() over (order by account_id nulls last, feature_id nulls last, user_id nulls last) as use_number
    from core_days
    group by account_id, feature_id, user_id
),

numbered as (
    select
        core_days.*,
        uses.use_number
    from core_days
    inner join uses using (account_id, feature_id, user_id)
),

-- A core action counts from its day until 28 days later.
changes as (
    {%- for day, change in [('activity_date', 'core_event_count'), ('activity_date + 28', '-core_event_count')] %}
        select
            use_number,
            core_min_count,
            {{ day }} as change_date,
            {{ change }} as event_change
        from numbered
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

counted as (
    select
        use_number,
        change_date,
        sum(sum(event_change)) over (partition by use_number order by change_date) >= core_min_count as is_adopter
    from changes
    group by use_number, core_min_count, change_date
),

compared as (
    select
        *,
        coalesce(lag(is_adopter) over (partition by use_number order by change_date), false) as was_adopter
    from counted
),

-- Only the days on which somebody becomes an adopter or stops being one.
turns as (
    select
        uses.account_id,
        uses.feature_id,
        uses.user_id,
        compared.is_adopter,
        compared.change_date as first_date,
        lead(compared.change_date) over (partition by use_number order by compared.change_date) as end_date
    from compared
    inner join uses using (use_number)
    where compared.is_adopter != compared.was_adopter
)

-- What was done on a platform that the feature does not have adopts nothing.
select
    turns.account_id,
    turns.feature_id,
    turns.user_id,
    greatest(turns.first_date, coalesce(reach_spans.first_date, turns.first_date)) as first_date,
    least(turns.end_date, coalesce(reach_spans.end_date, turns.end_date)) as end_date
from turns
inner join features using (feature_id)
left join reach_spans
    on
        turns.account_id = reach_spans.account_id
        and turns.user_id = reach_spans.user_id
        and features.platforms = reach_spans.platforms
        and {{ spans_overlap('turns', 'reach_spans') }}
where turns.is_adopter and (features.platforms is null or reach_spans.platforms is not null)
