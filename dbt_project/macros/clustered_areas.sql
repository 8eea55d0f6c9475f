{#- Steps that end with `areas`: for each group of `by` the AUC of a value, the lower the worse, with its 95 % interval by
    accounts, the rows and accounts that it rests on, and whether they are enough. The step holds account_id,
    event_count (1 where the outcome happened, 0 where it did not), one_count (always 1), both doubles, and the value.
    Where all pairs stand the right way round, or all the wrong one, there is no interval. -#}
{% macro clustered_areas(from_step, by, value) -%}
{%- set line = by | join(', ') %}
{{ ranked_values(from_step, by=by, value=value, sums={'count': 'one_count', 'events': 'event_count'}) }},

-- The share of the other outcome that stands on the right side; sums of decimals do not depend on the order of adding.
by_account as (
    select
        {{ line }},
        account_id,
        cast(count(*) as double) as row_count,
        sum(event_count) as event_count,
        cast(sum(cast(
            event_count
            * (1 - (up_to_count - up_to_events - (equal_count - equal_events) / 2) / nullif(all_count - all_events, 0))
            as decimal(18, 12)
        )) as double) as win_count,
        cast(sum(cast(
            (1 - event_count) * (up_to_events - equal_events / 2) / nullif(all_events, 0) as decimal(18, 12)
        )) as double) as loss_count
    from ranked
    group by {{ line }}, account_id
),

summed as (
    select
        {{ line }},
        sum(row_count) as row_count,
        sum(event_count) as event_count,
        count(*) as account_count,
        count(*) filter (where event_count > 0) as event_account_count,
        count(*) filter (where event_count < row_count) as stay_account_count,
        cast(sum(cast(win_count as decimal(18, 12))) as double) / nullif(sum(event_count), 0) as auc
    from by_account
    group by {{ line }}
),

varied as (
    select
        {%- for name in by %}
            summed.{{ name }},
        {%- endfor %}
        {{ clustered_variance('(' ~ area_influence('by_account.win_count', 'by_account.loss_count', 'by_account.event_count',
            '(by_account.row_count - by_account.event_count)', 'summed.auc', 'nullif(summed.event_count, 0)',
            'nullif(summed.row_count - summed.event_count, 0)') ~ ')') }} as variance
    from by_account
    inner join summed using ({{ line }})
    group by {% for name in by %}summed.{{ name }}{{ ', ' if not loop.last }}{% endfor %}
),

areas as (
    select
        summed.*,
        least(summed.event_account_count, summed.stay_account_count) >= {{ var('track_record_minimum_outcomes') }}
            as is_enough,
        {{ area_bound('summed.auc', 'varied.variance', -1) }} as auc_low,
        {{ area_bound('summed.auc', 'varied.variance', 1) }} as auc_high
    from summed
    inner join varied using ({{ line }})
)
{%- endmacro %}
