with

segment_spans as (select * from {{ ref('fct_account_segment_spans') }}),

active_spans as (select * from {{ ref('fct_active_user_spans') }}),

memberships as (select * from {{ ref('int_memberships_dated') }}),

features as (select * from {{ ref('dim_features') }}),

-- People are counted by role only where the catalogue reserves a feature for that role.
named_roles as (
    select distinct memberships.role
    from memberships
    inner join features on '|' || features.roles || '|' like '%|' || memberships.role || '|%'
),

active as (
    select
        segment_spans.dimension,
        segment_spans.segment,
        segment_spans.plan_id,
        active_spans.account_id,
        active_spans.user_id,
        greatest(segment_spans.first_date, active_spans.first_date) as first_date,
        least(segment_spans.end_date, active_spans.end_date) as end_date
    from active_spans
    inner join segment_spans
        on
            active_spans.account_id = segment_spans.account_id
            and {{ spans_overlap('active_spans', 'segment_spans') }}
),

provisioned as (
    select
        segment_spans.dimension,
        segment_spans.segment,
        segment_spans.plan_id,
        memberships.role,
        greatest(segment_spans.first_date, memberships.first_date) as first_date,
        least(segment_spans.end_date, memberships.end_date) as end_date
    from memberships
    inner join segment_spans
        on
            memberships.account_id = segment_spans.account_id
            and {{ spans_overlap('memberships', 'segment_spans') }}
),

audiences as (
    {% for audience, step in [('account', 'segment_spans'), ('active', 'active'), ('provisioned', 'provisioned')] %}
        select
            '{{ audience }}' as audience,
            dimension,
            segment,
            plan_id,
            'any' as role,
            first_date,
            end_date
        from {{ step }}
        union all
    {% endfor %}
    select
        'provisioned',
        dimension,
        segment,
        plan_id,
        role,
        first_date,
        end_date
    from provisioned
    where provisioned.role in (select named_roles.role from named_roles)
    union all
    select
        'active',
        active.dimension,
        active.segment,
        active.plan_id,
        memberships.role,
        greatest(active.first_date, memberships.first_date),
        least(active.end_date, memberships.end_date)
    from active
    inner join memberships
        on
            active.account_id = memberships.account_id
            and active.user_id = memberships.user_id
            and {{ spans_overlap('active', 'memberships') }}
    inner join named_roles on memberships.role = named_roles.role
)

-- Everybody who enters or leaves an audience, by day: their running sum is its size.
{{ span_changes('audiences', ['audience', 'dimension', 'segment', 'plan_id', 'role']) }}
