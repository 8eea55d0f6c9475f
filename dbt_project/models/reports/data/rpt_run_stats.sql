{#- In the order of the page; settings are those that sentences name. -#}
{%- set totals = [
    ('landed', 'files', false, ['files_loaded', 'files_refused', 'files_replayed']),
    ('landed', 'lines', false, [
        'lines_read', 'rows_quarantined', 'duplicates', 'rejected', 'later_than_as_of', 'rows_kept',
    ]),
    ('landed', 'tables', false, ['unbalanced_table_count']),
    ('findings', 'findings', false, ['not_understood_count']),
    ('customers', 'accounts', false, [
        'accounts_without_mrr', 'accounts_too_new', 'accounts_low_confidence', 'accounts_not_measured',
    ]),
    ('renewals', 'contracts', false, ['renewals_90d_count']),
    ('renewals', var('reporting_currency'), false, ['renewals_90d_mrr']),
    ('sources', 'sources', false, ['source_count', 'sources_present', 'sources_stale', 'sources_absent']),
    ('metrics', 'metrics', false, ['metric_count', 'metrics_not_ok']),
    ('requests', 'requests', false, ['erasure_requests_open', 'erasure_requests_overdue']),
    ('settings', 'points', false, ['large_change_points']),
    ('settings', 'features', false, ['habit_core_features']),
    ('settings', 'weeks', false, ['cliff_weeks', 'cliff_used_weeks']),
    ('settings', 'days', false, [
        'habit_active_days', 'unused_after_days', 'renewal_notice_days', 'quiet_after_days', 'cliff_silent_days',
        'early_churn_days', 'adoption_outcome_days', 'detection_look_back_days',
    ]),
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
        {%- for counted in totals[0][3] + totals[1][3] %}
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

settings as (
    select
        {%- for setting in totals[-4][3] + totals[-3][3] + totals[-2][3] + totals[-1][3] %}
            {{ var(setting) }} as {{ setting }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
),

totals as (
    {{ listed_values(totals) }}
)

-- Totals that the report names beside the facts of rpt_headline_kpis; those about the load see every landed table.
select
    totals.name as total,
    totals.unit,
    cast(totals.value_order as integer) as total_order,
    totals.listed_value as total_value,
    parameters.as_of_date
from totals
cross join parameters
