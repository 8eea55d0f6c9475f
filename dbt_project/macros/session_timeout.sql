{#- Seconds of silence that a session of a platform outlives, given the column that holds the platform. -#}
{% macro session_timeout(platform) -%}
{%- set named = var('session_timeout_seconds_by_platform') -%}
{%- if named is mapping and named -%}
    case {{ platform }}
        {%- for name, seconds in named.items() %}
            when '{{ name }}' then {{ seconds }}
        {%- endfor %}
        else {{ var('session_timeout_seconds') }}
    end
{%- else -%}
    {{ var('session_timeout_seconds') }}
{%- endif -%}
{%- endmacro %}


{#- The last moment at which another event still belongs to a session that ended then. -#}
{% macro session_open_until(ended_at, platform) -%}
{%- set usual = ended_at ~ " + interval '" ~ var('session_timeout_seconds') ~ "' second" -%}
{%- set named = var('session_timeout_seconds_by_platform') -%}
{%- if named is mapping and named -%}
    case {{ platform }}
        {%- for name, seconds in named.items() %}
            when '{{ name }}' then {{ ended_at }} + interval '{{ seconds }}' second
        {%- endfor %}
        else {{ usual }}
    end
{%- else -%}
    {{ usual }}
{%- endif -%}
{%- endmacro %}
