with

users as (select * from {{ ref('stg_crm__users') }}),

internal_domains as (
    select distinct mark as email_domain
    from {{ ref('stg_catalogue__internal_marks') }}
    where mark_kind = 'email_domain' and rejection_reason is null
)

select
    users.user_id,
    users.role,
    users.department,
    users.age_band,
    users.country,
    users.birth_decade,
    users.is_internal or internal_domains.email_domain is not null as is_internal,
    users.has_consented_to_analytics,
    users.created_at,
    users.deactivated_at
from users
left join internal_domains on users.email_domain = internal_domains.email_domain
where
    users.rejection_reason is null
    and {{ happened_by_as_of('users.created_at') }}
qualify {{ is_latest(['users.user_id'], []) }}
