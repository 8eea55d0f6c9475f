with

alarms as (select * from {{ ref('int_health_false_alarms') }})

-- One row of each kind, so the greatest is the only one.
select
    label,
    horizon_days,
    {%- for treatment in ['all', 'treated', 'untreated', 'not_known'] %}
        {%- for column in ['account_count', 'false_alarm_rate', 'false_alarm_rate_low', 'false_alarm_rate_high'] %}
            max(case when treatment = '{{ treatment }}' then {{ column }} end) as {{ treatment }}_{{ column }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
        {%- if not loop.last %},{% endif %}
    {%- endfor %}
from alarms
group by label, horizon_days
