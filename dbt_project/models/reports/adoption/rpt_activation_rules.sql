with

rules as (select * from {{ ref('int_activation_rules') }}),

shares as (
    select
        *,
        activated_count / nullif(cast(account_count as double), 0) as reach,
        activated_retained_count / nullif(cast(activated_count as double), 0) as activated_retained_rate,
        other_retained_count / nullif(cast(other_count as double), 0) as other_retained_rate
    from rules
)

-- Reach times the difference in who stays favours rules that reach many and separate those who stay.
select
    rule_id,
    label,
    within_days,
    is_chosen,
    account_count,
    activated_count,
    reach,
    activated_retained_count,
    activated_retained_rate,
    {{ wilson_bound('activated_retained_rate', 'nullif(activated_count, 0)', -1) }} as activated_retained_rate_low,
    {{ wilson_bound('activated_retained_rate', 'nullif(activated_count, 0)', 1) }} as activated_retained_rate_high,
    other_count,
    other_retained_count,
    other_retained_rate,
    {{ wilson_bound('other_retained_rate', 'nullif(other_count, 0)', -1) }} as other_retained_rate_low,
    {{ wilson_bound('other_retained_rate', 'nullif(other_count, 0)', 1) }} as other_retained_rate_high,
    activated_retained_rate / nullif(other_retained_rate, 0) as retention_lift,
    reach * (activated_retained_rate - other_retained_rate) as reach_times_difference
from shares
