with

account_values as (select * from {{ ref('fct_account_lifetime_value') }} where method = 'contractual'),

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

drawn as (select * from {{ ref('int_residual_renewals_drawn') }}),

customers as (
    select
        account_values.*,
        lifetimes.plan,
        lifetimes.size_band,
        lifetimes.country,
        lifetimes.industry,
        cast(extract(year from lifetimes.first_paid_date) as string) as cohort,
        lifetimes.first_paid_date > account_values.valued_on - 365 as is_young
    from account_values
    inner join lifetimes using (account_id)
),

grouped as (
    {% for dimension in var('value_dimensions') %}
        select
            '{{ dimension }}' as dimension,
            {{ "'all'" if dimension == 'all' else 'customers.' ~ dimension }} as value_segment,
            customers.*
        from customers
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

summed as (
    select
        dimension,
        value_segment as segment,
        term_months,
        max(valued_on) as valued_on,
        count(*) as contract_customer_count,
        count(expected_value) as valued_customer_count,
        sum(mrr) filter (where status = 'ok') as mrr,
        sum(expected_value) as expected_value,
        sum(value_low) as value_low,
        sum(value_high) as value_high,
        avg(expected_value) filter (where is_young) as young_value,
        avg(expected_value) filter (where not is_young) as old_value,
        max(reason) filter (where status not in ('ok', 'asked_to_cancel')) as reason
    from grouped
    where value_segment is not null
    group by dimension, value_segment, term_months
),

-- The same draw at both ages, so that what is unsure of both alike is not counted twice.
aged as (
    select
        dimension,
        segment,
        term_months,
        draw,
        max(case when renewed_count = 0 then residual_periods end) * term_months as new_months,
        max(case when renewed_count = ceil(12.0 / term_months) then residual_periods end) * term_months as year_months
    from drawn
    group by dimension, segment, term_months, draw
),

compared as (
    select
        dimension,
        segment,
        term_months,
        max(case when draw = 0 then new_months end) as new_months,
        max(case when draw = 0 then year_months end) as year_months,
        max(case when draw = 0 then year_months - new_months end) as months_gained,
        {{ percentile('case when draw > 0 then year_months - new_months end', 0.025) }} as months_gained_low,
        {{ percentile('case when draw > 0 then year_months - new_months end', 0.975) }} as months_gained_high
    from aged
    group by dimension, segment, term_months
)

select
    dimension,
    segment,
    term_months,
    summed.valued_on,
    summed.contract_customer_count,
    summed.valued_customer_count,
    case when summed.valued_customer_count = 0 then summed.reason end as reason,
    cast(summed.mrr as decimal(18, 2)) as valued_mrr,
    cast(summed.expected_value as decimal(18, 2)) as expected_value,
    cast(summed.value_low as decimal(18, 2)) as value_low,
    cast(summed.value_high as decimal(18, 2)) as value_high,
    cast(summed.young_value as decimal(18, 2)) as mean_value_first_year,
    cast(summed.old_value as decimal(18, 2)) as mean_value_later,
    compared.new_months as expected_months_new,
    compared.year_months as expected_months_after_year,
    compared.months_gained,
    compared.months_gained_low,
    compared.months_gained_high
from summed
left join compared using (dimension, segment, term_months)
