{#- Every staged table that names an account of another system than the CRM's own list, or a person of another than its
    users, and the column that does. -#}
{% macro tables_that_name_others() %}
    {{ return([
        {'system': 'product', 'table': 'events', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'product', 'table': 'error_logs', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'product', 'table': 'performance_logs', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'product', 'table': 'integrations', 'account': 'account_id', 'person': none},
        {'system': 'crm', 'table': 'accounts', 'account': 'parent_account_id', 'person': none},
        {'system': 'crm', 'table': 'account_users', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'crm', 'table': 'interventions', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'crm', 'table': 'engagement_touchpoints', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'crm', 'table': 'opportunities', 'account': 'account_id', 'person': none},
        {'system': 'crm', 'table': 'contacts', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'crm', 'table': 'feature_requests', 'account': 'account_id', 'person': none},
        {'system': 'crm', 'table': 'csm_sentiment', 'account': 'account_id', 'person': none},
        {'system': 'billing', 'table': 'subscriptions', 'account': 'account_id', 'person': none},
        {'system': 'billing', 'table': 'payments', 'account': 'account_id', 'person': none},
        {'system': 'billing', 'table': 'transactions', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'billing', 'table': 'usage', 'account': 'account_id', 'person': none},
        {'system': 'billing', 'table': 'commitments', 'account': 'account_id', 'person': none},
        {'system': 'support', 'table': 'tickets', 'account': 'account_id', 'person': 'requester_user_id'},
        {'system': 'surveys', 'table': 'invites', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'surveys', 'table': 'responses', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'status', 'table': 'account_components', 'account': 'account_id', 'person': none},
        {'system': 'privacy', 'table': 'erasure_requests', 'account': 'account_id', 'person': 'user_id'},
        {'system': 'privacy', 'table': 'consent', 'account': none, 'person': 'user_id'},
    ]) }}
{% endmacro %}


{#- The columns of a landed table that name an account or a person, each with the model that compared its identifiers. -#}
{% macro names_compared(system, table_name) %}
    {%- set found = [] -%}
    {%- for named in tables_that_name_others() if named.system == system and named.table == table_name -%}
        {%- if named.account -%}
            {%- do found.append({'column': named.account, 'of': 'account', 'compared': ref('int_account_ids_compared')}) -%}
        {%- endif -%}
        {%- if named.person -%}
            {%- do found.append({'column': named.person, 'of': 'user', 'compared': ref('stg_run__known_persons')}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- The same columns, each with the model that says which names the CRM gives them. -#}
{% macro names_known(system, table_name) %}
    {%- set found = [] -%}
    {%- for named in tables_that_name_others() if named.system == system and named.table == table_name -%}
        {%- if named.account -%}
            {%- do found.append({'column': named.account, 'of': 'account', 'names': ref('int_account_spellings'), 'foreign_names': ref('int_account_keys_matched')}) -%}
        {%- endif -%}
        {%- if named.person -%}
            {%- set part = 'in_use' if names_persons_in_use(named) else 'elsewhere' -%}
            {%- do found.append({'column': named.person, 'of': 'user', 'names': ref('stg_run__persons_named_' ~ part)}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- A staged table, to stand after `from`, with the accounts and persons that it names in other letters by the names that the
    CRM gives them: see int_account_keys_matched, int_account_spellings and stg_run__known_persons. In a unit test it is the table as given. -#}
{% macro with_known_names(staged) -%}
    {%- set system, table_name = staged.removeprefix('stg_').split('__') -%}
    {#- Whoever asks is built after the answers. -#}
    {%- if not execute -%}{%- do names_known(system, table_name) -%}{%- endif -%}
    {%- if this is none or not execute -%}
        {{ ref(staged) }}
    {%- else -%}
        {%- set names = names_known(system, table_name) -%}
        {%- set said = names | map(attribute='column') | list -%}
        (
            select
                {%- for column in graph.nodes['model.customer_health.' ~ staged].columns if column not in said %}
                staged.{{ column }},
                {%- endfor %}
                {%- for name in names %}
                coalesce(
                    {%- if name.of == 'account' %} keyed_account.recognised_account_id, {% endif %}
                    known_{{ name.of }}.recognised_{{ name.of }}_id, staged.{{ name.column }}
                ) as {{ name.column }}
                {{- ',' if not loop.last }}
                {%- endfor %}
            from {{ ref(staged) }} as staged
            {%- for name in names %}
            left join {{ name.names }} as known_{{ name.of }}
                on
                    {%- if name.of == 'account' %}
                    lower(staged.{{ name.column }}) = known_account.folded_account_id
            left join {{ name.foreign_names }} as keyed_account
                on
                    {{ is_named_by('staged', system, table_name, name.column, 'keyed_account') }}
                    {%- else %}
                    staged.{{ name.column }} = known_user.said_user_id
                    and known_user.system = '{{ system }}'
                    and known_user.table_name = '{{ table_name }}'
                    {%- endif %}
            {%- endfor %}
        ) as named
    {%- endif -%}
{%- endmacro %}


{#- The system whose file a row comes from, as its folder below the landing folder is called. -#}
{% macro landed_system(landed_file) -%}
    lower(split_part({{ landed_file }}, '/', 1))
{%- endmacro %}
