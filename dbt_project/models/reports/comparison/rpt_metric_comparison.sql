with

catalogue as (select * from {{ ref('dim_metrics') }}),

changes as (select * from {{ ref('fct_metric_changes') }}),

trends as (select * from {{ ref('fct_metric_trends') }}),

anomalies as (select * from {{ ref('fct_metric_anomalies') }} where dimension = 'all'),

onsets as (select * from {{ ref('int_metric_onsets') }}),

places as (select * from {{ ref('int_onset_places') }}),

compared as (
    select
        metric,
        max(metric_date) as metric_date,
        max(metric_value) as metric_value,
        {%- for comparison in ['previous_window', 'last_year', 'baseline'] %}
            max(case when comparison = '{{ comparison }}' then status end) as {{ comparison }}_status,
            max(case when comparison = '{{ comparison }}' then compared_value end) as {{ comparison }}_value,
            max(case when comparison = '{{ comparison }}' then absolute_change end) as {{ comparison }}_change,
            max(case when comparison = '{{ comparison }}' then relative_change end) as {{ comparison }}_relative_change
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from changes
    where
        dimension = 'all'
        and periods_back = 0
    group by metric
)

select
    catalogue.metric,
    catalogue.label,
    catalogue.unit,
    catalogue.direction,
    coalesce(compared.previous_window_status, 'source_unavailable') as previous_window_status,
    coalesce(compared.last_year_status, 'source_unavailable') as last_year_status,
    coalesce(compared.baseline_status, 'source_unavailable') as baseline_status,
    coalesce(trends.trend, 'not_assessable') as trend,
    compared.metric_value,
    compared.previous_window_value,
    compared.previous_window_change,
    compared.previous_window_relative_change,
    compared.last_year_value,
    compared.last_year_change,
    compared.last_year_relative_change,
    compared.baseline_value,
    compared.baseline_change,
    compared.baseline_relative_change,
    trends.slope,
    trends.p_value,
    anomalies.usual_value,
    anomalies.robust_z,
    coalesce(anomalies.is_unusual, false) as is_unusual,
    onsets.unusual_since,
    onsets.unusual_group_since,
    places.place_kind as unusual_place_kind,
    places.place as unusual_place,
    places.excess_share as unusual_place_share,
    compared.metric_date
from catalogue
left join compared on catalogue.metric = compared.metric
left join trends
    on
        catalogue.metric = trends.metric
        and trends.dimension = 'all'
left join anomalies on catalogue.metric = anomalies.metric
left join onsets on catalogue.metric = onsets.metric
left join places on onsets.unusual_group_since = places.unusual_group_since
