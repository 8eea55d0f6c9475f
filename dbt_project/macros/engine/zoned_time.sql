{#- UTC timestamp of a wall-clock time in a time zone; a day of the zone may so have 23 or 25 hours. -#}
{% macro utc_time(wall_time, time_zone) -%}
    {{ return(adapter.dispatch('utc_time')(wall_time, time_zone)) }}
{%- endmacro %}

{% macro default__utc_time(wall_time, time_zone) -%}
    (({{ wall_time }} at time zone {{ time_zone }}) at time zone 'UTC')
{%- endmacro %}

{% macro spark__utc_time(wall_time, time_zone) -%}
    to_utc_timestamp({{ wall_time }}, {{ time_zone }})
{%- endmacro %}


{#- Whether a text names a time zone that utc_time knows; one that it does not know stops a query. -#}
{% macro is_time_zone(name) -%}
    {{ return(adapter.dispatch('is_time_zone')(name)) }}
{%- endmacro %}

{% macro default__is_time_zone(name) -%}
    {{ name }} in (select zones.name from pg_timezone_names() as zones)
{%- endmacro %}

{#- Spark has no list of its zones, but reads a time that names one, or does not. What has no form of a name, as an offset,
    is none to DuckDB. -#}
{% macro spark__is_time_zone(name) -%}
    ({{ name }} rlike '^(UTC|[A-Z][A-Za-z]+/[A-Za-z0-9_/+-]+)$' and try_cast('2026-01-01 00:00:00 ' || {{ name }} as timestamp) is not null)
{%- endmacro %}


{#- UTC timestamp at which a day of the reporting time zone ends. -#}
{% macro end_of_day(day) -%}
    {%- if var('reporting_time_zone') == 'UTC' -%}
        cast({{ day }} + 1 as timestamp)
    {%- else -%}
        {{ utc_time('cast(' ~ day ~ ' + 1 as timestamp)', "'" ~ var('reporting_time_zone') ~ "'") }}
    {%- endif -%}
{%- endmacro %}


{#- UTC timestamp of microseconds since 1970. -#}
{% macro time_of_microseconds(microseconds) -%}
    {{ return(adapter.dispatch('time_of_microseconds')(microseconds)) }}
{%- endmacro %}

{% macro default__time_of_microseconds(microseconds) -%} make_timestamp({{ microseconds }}) {%- endmacro %}

{% macro spark__time_of_microseconds(microseconds) -%} timestamp_micros({{ microseconds }}) {%- endmacro %}
