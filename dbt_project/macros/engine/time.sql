{#- Day on which a UTC timestamp falls in the reporting time zone. -#}
{% macro local_day(column) -%}
    {{ return(adapter.dispatch('local_day')(column)) }}
{%- endmacro %}

{% macro default__local_day(column) -%}
    {%- if var('reporting_time_zone') == 'UTC' -%}
        cast({{ column }} as date)
    {%- else -%}
        cast(({{ column }} at time zone 'UTC') at time zone '{{ var('reporting_time_zone') }}' as date)
    {%- endif -%}
{%- endmacro %}

{% macro spark__local_day(column) -%}
    cast(from_utc_timestamp({{ column }}, '{{ var('reporting_time_zone') }}') as date)
{%- endmacro %}


{#- UTC time at which a day begins in the reporting time zone. -#}
{% macro day_starts_at(day) -%}
    {{ return(adapter.dispatch('day_starts_at')(day)) }}
{%- endmacro %}

{% macro default__day_starts_at(day) -%}
    {%- if var('reporting_time_zone') == 'UTC' -%}
        cast({{ day }} as timestamp)
    {%- else -%}
        ((cast({{ day }} as timestamp) at time zone '{{ var('reporting_time_zone') }}') at time zone 'UTC')
    {%- endif -%}
{%- endmacro %}

{% macro spark__day_starts_at(day) -%}
    to_utc_timestamp(cast({{ day }} as timestamp), '{{ var('reporting_time_zone') }}')
{%- endmacro %}


{#- Microseconds since 1970 of a UTC timestamp: differences of these are exact. -#}
{% macro epoch_microseconds(column) -%}
    {{ return(adapter.dispatch('epoch_microseconds')(column)) }}
{%- endmacro %}

{% macro default__epoch_microseconds(column) -%} epoch_us({{ column }}) {%- endmacro %}

{% macro spark__epoch_microseconds(column) -%} unix_micros({{ column }}) {%- endmacro %}


{#- Seconds between two UTC timestamps, with their fraction. -#}
{% macro seconds_between(earlier, later) -%}
    (({{ epoch_microseconds(later) }} - {{ epoch_microseconds(earlier) }}) / 1000000.0)
{%- endmacro %}


{#- Whole days from one date to a later one. -#}
{% macro days_between(earlier, later) -%}
    {{ return(adapter.dispatch('days_between')(earlier, later)) }}
{%- endmacro %}

{% macro default__days_between(earlier, later) -%} ({{ later }} - {{ earlier }}) {%- endmacro %}

{% macro spark__days_between(earlier, later) -%} datediff({{ later }}, {{ earlier }}) {%- endmacro %}


{#- Unfolds a row into one a day, both ends included; one in a select list, where the row is repeated. The ends are columns: on
    Spark a query in their place travels to the tasks, where a union in it cannot be read. -#}
{% macro each_day(first_day, last_day) -%}
    {{ return(adapter.dispatch('each_day')(first_day, last_day)) }}
{%- endmacro %}

{% macro default__each_day(first_day, last_day) -%}
    cast(unnest(generate_series({{ first_day }}, {{ last_day }}, interval 1 day)) as date)
{%- endmacro %}

{% macro spark__each_day(first_day, last_day) -%}
    explode(sequence({{ first_day }}, {{ last_day }}, interval 1 day))
{%- endmacro %}
