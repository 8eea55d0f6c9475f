{#- Seconds of silence that a session of a platform outlives, given the column that holds the platform. -#}
{% macro session_timeout(platform) -%}
{%- set named = var('session_timeout_seconds_by_platform') -%}
{%- if named is mapping and named -%}
    (case {{ platform }}
        {%- for name, seconds in named.items() %}
            when '{{ name }}' then {{ seconds }}
        {%- endfor %}
        else {{ var('session_timeout_seconds') }}
    end)
{%- else -%}
    {{ var('session_timeout_seconds') }}
{%- endif -%}
{%- endmacro %}


{#- The last moment at which another event still belongs to a session that ended then. -#}
{% macro session_open_until(ended_at, platform) -%}
    {{ ended_at }} + {{ session_timeout(platform) }} * interval '1' second
{%- endmacro %}
