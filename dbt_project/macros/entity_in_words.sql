{#- What an alert is about as people say it: the account by its name, a segment as `size band 51-200`, a source without the
    sign between its words. The identifier (`size_band=51-200`) is for whoever silences the alert. -#}
{% macro entity_in_words(alert, account_name) -%}
    case
        when {{ alert }}.entity_id = '*' then 'all accounts'
        when {{ alert }}.grain = 'portfolio' then 'all customers'
        when {{ alert }}.grain = 'segment'
            then replace(split_part({{ alert }}.entity_id, '=', 1), '_', ' ')
                || ' '
                || substr({{ alert }}.entity_id, length(split_part({{ alert }}.entity_id, '=', 1)) + 2)
        when {{ alert }}.grain = 'source' then replace({{ alert }}.entity_id, '_', ' ')
        else coalesce({{ account_name }}, {{ alert }}.entity_id)
    end
{%- endmacro %}
