with

accounts as (select * from {{ ref('rpt_accounts') }}),

reconciliation as (select * from {{ ref('rpt_row_reconciliation') }}),

coverage as (select * from {{ ref('rpt_source_coverage') }}),

scorecard as (select * from {{ ref('rpt_metric_scorecard') }}),

refused as (select * from {{ ref('rpt_refused_lines') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

refusals as (
    select count(*) as reason_count
    from refused
),

landed as (
    select
        sum(files_loaded) as files_loaded,
        sum(files_refused) as files_refused,
        sum(files_replayed) as files_replayed,
        sum(lines_read) as lines_read,
        sum(rows_quarantined) as rows_quarantined,
        sum(duplicates) as duplicates,
        sum(rejected) as rejected,
        sum(later_than_as_of) as later_than_as_of,
        sum(rows_kept) as rows_kept,
        count(*) filter (where unaccounted != 0) as unbalanced_table_count
    from reconciliation
),

customers as (
    select
        count(*) filter (where mrr is null) as without_mrr,
        count(*) filter (where score_status = 'too_new') as too_new,
        count(*) filter (where score_status = 'low_confidence') as low_confidence,
        count(*) filter (where coalesce(score_status, 'not_measured') = 'not_measured') as not_measured,
        case when count(renewal_date) > 0 then count(*) filter (where renewal_date <= as_of_date + 90) end as renewals,
        case
            when count(renewal_date) > 0 then sum(case when renewal_date <= as_of_date + 90 then mrr else 0 end)
        end as renewals_mrr
    from accounts
),

sources as (
    select
        count(*) as source_count,
        count(*) filter (where status = 'present') as present,
        count(*) filter (where status = 'stale') as stale,
        count(*) filter (where status = 'absent') as absent
    from coverage
),

metrics as (
    select
        count(*) as metric_count,
        count(*) filter (where status != 'ok') as not_ok
    from scorecard
),

totals as (
    select
        1 as total_order,
        'files_loaded' as total,
        'files' as unit,
        cast(files_loaded as double) as total_value
    from landed
    union all
    select
        2,
        'files_refused',
        'files',
        cast(files_refused as double)
    from landed
    union all
    select
        3,
        'files_replayed',
        'files',
        cast(files_replayed as double)
    from landed
    union all
    select
        4,
        'lines_read',
        'lines',
        cast(lines_read as double)
    from landed
    union all
    select
        5,
        'rows_quarantined',
        'lines',
        cast(rows_quarantined as double)
    from landed
    union all
    select
        6,
        'duplicates',
        'lines',
        cast(duplicates as double)
    from landed
    union all
    select
        7,
        'rejected',
        'lines',
        cast(rejected as double)
    from landed
    union all
    select
        8,
        'later_than_as_of',
        'lines',
        cast(later_than_as_of as double)
    from landed
    union all
    select
        9,
        'rows_kept',
        'lines',
        cast(rows_kept as double)
    from landed
    union all
    select
        10,
        'unbalanced_table_count',
        'tables',
        cast(unbalanced_table_count as double)
    from landed
    union all
    select
        20,
        'accounts_without_mrr',
        'accounts',
        cast(without_mrr as double)
    from customers
    union all
    select
        21,
        'accounts_too_new',
        'accounts',
        cast(too_new as double)
    from customers
    union all
    select
        22,
        'accounts_low_confidence',
        'accounts',
        cast(low_confidence as double)
    from customers
    union all
    select
        23,
        'accounts_not_measured',
        'accounts',
        cast(not_measured as double)
    from customers
    union all
    select
        24,
        'renewals_90d_count',
        'accounts',
        cast(renewals as double)
    from customers
    union all
    select
        25,
        'renewals_90d_mrr',
        '{{ var("reporting_currency") }}',
        cast(renewals_mrr as double)
    from customers
    union all
    select
        30,
        'source_count',
        'sources',
        cast(source_count as double)
    from sources
    union all
    select
        31,
        'sources_present',
        'sources',
        cast(present as double)
    from sources
    union all
    select
        32,
        'sources_stale',
        'sources',
        cast(stale as double)
    from sources
    union all
    select
        33,
        'sources_absent',
        'sources',
        cast(absent as double)
    from sources
    union all
    select
        40,
        'metric_count',
        'metrics',
        cast(metric_count as double)
    from metrics
    union all
    select
        41,
        'metrics_not_ok',
        'metrics',
        cast(not_ok as double)
    from metrics
)

-- Totals that the report names beside the facts of rpt_summary; those about the load see every landed table.
select
    totals.total,
    totals.unit,
    totals.total_order,
    totals.total_value,
    parameters.as_of_date
from totals
cross join parameters
