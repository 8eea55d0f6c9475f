{#- Domains that many people have who have nothing to do with each other: such a domain tells no account. -#}
{% macro own_domain(domain) -%}
    case
        when {{ domain }} not in ({% for said in var('public_mail_domains') %}'{{ said }}'{{ ', ' if not loop.last }}{% endfor %})
            then {{ domain }}
    end
{%- endmacro %}


{#- Whether a row that names an account means a name as it was given from `valid_from` until `valid_to`. A row counts by when
    it happened; one that tells no time, and a list that has none, by the names of today. -#}
{% macro is_named_by(row, system, table_name, account, names) -%}
    {%- set happened_at = (landed_tables() | selectattr('system', 'equalto', system) | selectattr('table', 'equalto', table_name) | first).happened_at -%}
    {%- set moment -%}
        {%- if happened_at -%} coalesce(cast({{ row }}.{{ happened_at }} as timestamp), timestamp '9999-12-30')
        {%- else -%} timestamp '9999-12-30'
        {%- endif -%}
    {%- endset -%}
    {{ row }}.{{ account }} = {{ names }}.foreign_key
    and {{ landed_system(row ~ '.landed_file') }} = {{ names }}.key_system
    and {{ moment }} >= {{ names }}.valid_from
    and {{ moment }} < {{ names }}.valid_to
{%- endmacro %}
