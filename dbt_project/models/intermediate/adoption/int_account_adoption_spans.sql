with

user_spans as (select * from {{ ref('int_feature_adoption_spans') }}),

changes as (
    {{ span_changes('user_spans', ['account_id', 'feature_id']) }}
),

counted as (
    select
        account_id,
        feature_id,
        change_date as first_date,
        sum(sum(span_change)) over (
            partition by account_id, feature_id
            order by change_date
        ) as adopting_user_count,
        lead(change_date) over (partition by account_id, feature_id order by change_date) as end_date
    from changes
    group by account_id, feature_id, change_date
)

select
    account_id,
    feature_id,
    first_date,
    end_date,
    cast(adopting_user_count as bigint) as adopting_user_count
from counted
where adopting_user_count >= {{ var('adopting_users_per_account') }}
