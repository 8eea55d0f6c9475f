{%- set money = var('reporting_currency') -%}
{#- Name, unit and the step that counts it, in the order of the page; settings are those that its sentences name. -#}
{%- set totals = [
    ('files_loaded', 'files', 'landed'),
    ('files_refused', 'files', 'landed'),
    ('files_replayed', 'files', 'landed'),
    ('lines_read', 'lines', 'landed'),
    ('rows_quarantined', 'lines', 'landed'),
    ('duplicates', 'lines', 'landed'),
    ('rejected', 'lines', 'landed'),
    ('later_than_as_of', 'lines', 'landed'),
    ('rows_kept', 'lines', 'landed'),
    ('unbalanced_table_count', 'tables', 'landed'),
    ('not_understood_count', 'findings', 'findings'),
    ('accounts_without_mrr', 'accounts', 'customers'),
    ('accounts_too_new', 'accounts', 'customers'),
    ('accounts_low_confidence', 'accounts', 'customers'),
    ('accounts_not_measured', 'accounts', 'customers'),
    ('renewals_90d_count', 'contracts', 'renewals'),
    ('renewals_90d_mrr', money, 'renewals'),
    ('source_count', 'sources', 'sources'),
    ('sources_present', 'sources', 'sources'),
    ('sources_stale', 'sources', 'sources'),
    ('sources_absent', 'sources', 'sources'),
    ('metric_count', 'metrics', 'metrics'),
    ('metrics_not_ok', 'metrics', 'metrics'),
    ('erasure_requests_open', 'requests', 'requests'),
    ('erasure_requests_overdue', 'requests', 'requests'),
    ('large_change_points', 'points', 'settings'),
    ('habit_core_features', 'features', 'settings'),
    ('habit_active_days', 'days', 'settings'),
    ('unused_after_days', 'days', 'settings'),
] -%}

with

accounts as (select * from {{ ref('rpt_accounts') }}),

contracts as (select * from {{ ref('fct_contracts_due') }}),

reconciliation as (select * from {{ ref('fct_row_reconciliation') }}),

not_understood as (select * from {{ ref('rpt_not_understood') }}),

coverage as (select * from {{ ref('rpt_source_coverage') }}),

scorecard as (select * from {{ ref('rpt_metric_scorecard') }}),

requests as (select * from {{ ref('int_erasure_requests_counted') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

landed as (
    select
        {%- for counted in [
            'files_loaded', 'files_refused', 'files_replayed', 'lines_read', 'rows_quarantined',
            'duplicates', 'rejected', 'later_than_as_of', 'rows_kept'] %}
            sum({{ counted }}) as {{ counted }},
        {%- endfor %}
        count(*) filter (where unaccounted != 0) as unbalanced_table_count
    from reconciliation
),

findings as (select count(*) as not_understood_count from not_understood),

customers as (
    select
        count(*) filter (where mrr is null) as accounts_without_mrr,
        count(*) filter (where score_status = 'too_new') as accounts_too_new,
        count(*) filter (where score_status = 'low_confidence') as accounts_low_confidence,
        count(*) filter (where coalesce(score_status, 'not_measured') = 'not_measured') as accounts_not_measured
    from accounts
),

-- Where no contract has a day of renewal nothing is known of any.
renewals as (
    select
        case when count(*) > 0 then count(*) filter (where contracts.is_due_soon) end as renewals_90d_count,
        {{ known_sum('contracts.mrr', 'contracts.is_due_soon') }} as renewals_90d_mrr
    from contracts
    inner join accounts using (account_id)
),

sources as (
    select
        count(*) as source_count,
        count(*) filter (where status = 'present') as sources_present,
        count(*) filter (where status = 'stale') as sources_stale,
        count(*) filter (where status = 'absent') as sources_absent
    from coverage
),

metrics as (
    select
        count(*) as metric_count,
        count(*) filter (where status != 'ok') as metrics_not_ok
    from scorecard
),

totals as (
    {%- for total, unit, step in totals %}
        select
            {{ loop.index }} as total_order,
            '{{ total }}' as total,
            '{{ unit }}' as unit,
            cast({{ var(total) if step == 'settings' else total }} as double) as total_value
        from {{ 'parameters' if step == 'settings' else step }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

-- Totals that the report names beside the facts of rpt_headline_kpis; those about the load see every landed table.
select
    totals.total,
    totals.unit,
    cast(totals.total_order as integer) as total_order,
    totals.total_value,
    parameters.as_of_date
from totals
cross join parameters
