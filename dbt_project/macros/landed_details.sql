{#- What a source may leave out although it has landed. Each detail is a source of its own for whatever needs it: a sum of
    prices that nobody told, or a count of logins that nobody logs, is unavailable and not zero.
    Whoever adds a detail adds its line here and in the seed source_uses. -#}
{% macro landed_details() %}
    {{ return([
        {'source': 'billing_prices', 'model': 'int_subscription_items_deduplicated', 'happened_at': 'valid_from',
         'is_told': 'unit_amount_minor is not null or discount_rate >= 1'},
        {'source': 'billing_seats', 'model': 'int_subscription_items_deduplicated', 'happened_at': 'valid_from',
         'is_told': 'quantity != 1'},
        {'source': 'billing_cancel_reasons', 'model': 'int_subscriptions_deduplicated', 'happened_at': 'started_at',
         'is_told': 'cancel_reason is not null'},
        {'source': 'crm_roles', 'model': 'dim_users', 'happened_at': 'created_at',
         'is_told': 'role is not null'},
        {'source': 'crm_member_roles', 'model': 'int_memberships_deduplicated', 'happened_at': 'valid_from',
         'is_told': 'role is not null'},
        {'source': 'product_logins', 'model': 'int_events_identified', 'happened_at': 'occurred_at',
         'is_told': 'is_login', 'is_dense': true},
        {'source': 'product_features', 'model': 'int_events_identified', 'happened_at': 'occurred_at',
         'is_told': 'feature_id is not null', 'is_dense': true},
        {'source': 'product_times', 'model': 'int_events_identified', 'happened_at': 'occurred_at',
         'is_told': "occurred_at != date_trunc('day', occurred_at)", 'is_dense': true},
        {'source': 'product_error_persons', 'model': 'int_errors_deduplicated', 'happened_at': 'occurred_at',
         'is_told': 'account_id is not null and user_id is not null'},
        {'source': 'support_replies', 'model': 'int_ticket_replies_timed', 'happened_at': 'created_at',
         'is_told': 'first_reply_at is not null'},
    ]) }}
{% endmacro %}


{#- Whether details were told, and from when to when: one row for each. -#}
{% macro details_covered(details) -%}
    {%- for detail in details %}
    select
        '{{ detail.source }}' as source,
        cast(coalesce(sum(row_count), 0) as bigint) as row_count,
        {{ first_day_told(detail.is_dense) }} as first_date,
        max(told_on) as last_date
    from {{ days_told(detail.model, detail.happened_at, detail.is_told) }}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro %}


{#- The days on which something was told, each with the one before it, as a relation in brackets. -#}
{% macro days_told(model, happened_at, is_told) -%}
    (
        select
            *,
            lag(told_on) over (order by told_on) as told_before_on
        from (
            select
                {{ local_day(happened_at) }} as told_on,
                count(*) as row_count
            from {{ ref(model) }}
            where ({{ is_told }}) and {{ happened_by_as_of(happened_at) }}
            group by {{ local_day(happened_at) }}
        ) as counted
    ) as days_told
{%- endmacro %}


{#- The first of these days: of what machines write all the time, the first one after the last silence of a year, as a device
    whose clock stood still would else say that there had been a log for years in which nobody did anything. -#}
{% macro first_day_told(is_dense) -%}
    {%- if is_dense -%}
        max(
            case
                when told_before_on is null or {{ days_between('told_before_on', 'told_on') }} > 365 then told_on
            end
        )
    {%- else -%}
        min(told_on)
    {%- endif -%}
{%- endmacro %}
