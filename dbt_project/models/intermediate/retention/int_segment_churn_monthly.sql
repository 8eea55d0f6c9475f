with

customer_months as (select * from {{ ref('int_customer_months') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

-- A gap longer than the grace is a return. What an account pays anew after a gap is no expansion,
-- and what a new customer pays is neither. Who completed could neither stay nor leave: it counts on no side.
moved as (
    select
        *,
        was_customer and coalesce(not has_completed, true) as could_leave,
        opening_mrr is not null and closing_mrr is not null and coalesce(not has_completed, true) as is_priced,
        case when closing_mrr = 0 then opening_mrr else 0 end as churned_mrr,
        case when closing_mrr > 0 then greatest(opening_mrr - closing_mrr, 0) else 0 end as contracted_mrr,
        case when opening_mrr > 0 then greatest(closing_mrr - opening_mrr, 0) else 0 end as expanded_mrr,
        case when opening_mrr = 0 and not is_new then closing_mrr else 0 end as reactivated_mrr
    from customer_months
)

select
    segments.dimension,
    segments.segment,
    moved.month_end,
    count(*) filter (where moved.could_leave) as opening_customer_count,
    case
        when count(*) filter (where moved.was_customer and moved.has_churned is null) = 0
            then count(*) filter (where moved.has_churned)
    end as churned_customer_count,
    {%- for kind in ['voluntary', 'involuntary', 'unknown'] %}
        case
            when count(*) filter (where moved.was_customer and moved.has_churned is null) = 0
                then count(*) filter (where moved.churn_reason_kind = '{{ kind }}')
        end as {{ kind }}_churn_count,
    {%- endfor %}
    count(*) filter (where moved.is_new) as new_customer_count,
    count(*) filter (where moved.is_resurrected) as resurrected_customer_count,
    count(*) filter (where moved.is_priced and moved.opening_mrr > 0) as paying_account_count,
    count(*) filter (where moved.opening_mrr is null or moved.closing_mrr is null) as unpriced_account_count,
    {%- for amount in ['opening', 'churned', 'contracted', 'expanded', 'reactivated'] %}
        cast(sum(moved.{{ amount }}_mrr) filter (where moved.is_priced) as decimal(18, 2)) as {{ amount }}_mrr,
    {%- endfor %}
    moved.matures_on
from moved
inner join segments
    on
        moved.account_id = segments.account_id
        and moved.grouped_on = segments.activity_date
where segments.dimension != 'account'
group by segments.dimension, segments.segment, moved.month_end, moved.matures_on
