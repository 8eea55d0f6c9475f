{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='change_date') }}

with

-- Spans that ended before have no change on the days that are rebuilt.
user_spans as (select * from {{ ref('int_feature_adoption_spans') }} where {{ in_rebuild_window('end_date') }}),

account_spans as (select * from {{ ref('int_account_adoption_spans') }} where {{ in_rebuild_window('end_date') }}),

offers as (select * from {{ ref('int_feature_offers') }}),

memberships as (select * from {{ ref('int_memberships_dated') }}),

users as (
    select
        offers.account_id,
        user_spans.user_id,
        offers.offer_number,
        offers.roles,
        greatest(offers.first_date, user_spans.first_date) as first_date,
        least(offers.end_date, user_spans.end_date) as end_date
    from user_spans
    inner join offers
        on
            user_spans.account_id = offers.account_id
            and user_spans.feature_id = offers.feature_id
            and {{ spans_overlap('user_spans', 'offers') }}
),

members as (
    select
        users.offer_number,
        users.roles,
        greatest(users.first_date, memberships.first_date) as first_date,
        least(users.end_date, memberships.end_date) as end_date
    from users
    inner join memberships
        on
            users.account_id = memberships.account_id
            and users.user_id = memberships.user_id
            and {{ spans_overlap('users', 'memberships') }}
    where users.roles is null or '|' || users.roles || '|' like '%|' || memberships.role || '|%'
),

adopters as (
    {% for adopter, step, condition in [
        ('user', 'users', 'roles is null'), ('user', 'members', 'roles is not null'), ('member', 'members', 'true')
    ] %}
        select
            '{{ adopter }}' as adopter,
            offer_number,
            first_date,
            end_date
        from {{ step }}
        where {{ condition }}
        union all
    {% endfor %}
    select
        'account',
        offers.offer_number,
        greatest(offers.first_date, account_spans.first_date),
        least(offers.end_date, account_spans.end_date)
    from account_spans
    inner join offers
        on
            account_spans.account_id = offers.account_id
            and account_spans.feature_id = offers.feature_id
            and {{ spans_overlap('account_spans', 'offers') }}
),

offered as (
    select distinct
        offer_number,
        feature_id,
        dimension,
        segment
    from offers
),

-- Who begins to be an adopter less who stops, by day: the running sum is the number of adopters.
changes as (
    {{ span_changes('adopters', ['adopter', 'offer_number']) }}
)

select
    offered.feature_id,
    offered.dimension,
    offered.segment,
    changes.change_date,
    cast(sum(case when changes.adopter = 'user' then changes.span_change else 0 end) as bigint) as user_change,
    cast(sum(case when changes.adopter = 'member' then changes.span_change else 0 end) as bigint) as member_change,
    cast(sum(case when changes.adopter = 'account' then changes.span_change else 0 end) as bigint) as account_change
from changes
inner join offered using (offer_number)
where {{ in_rebuild_window('changes.change_date') }}
group by offered.feature_id, offered.dimension, offered.segment, changes.change_date
