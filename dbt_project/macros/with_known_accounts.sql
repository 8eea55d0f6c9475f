{#- Every staged table that names an account of another system than the CRM's own list, and the column that does. -#}
{% macro tables_that_name_accounts() %}
    {{ return([
        {'system': 'product', 'table': 'events'},
        {'system': 'product', 'table': 'error_logs'},
        {'system': 'product', 'table': 'performance_logs'},
        {'system': 'crm', 'table': 'accounts', 'column': 'parent_account_id'},
        {'system': 'crm', 'table': 'account_users'},
        {'system': 'crm', 'table': 'interventions'},
        {'system': 'crm', 'table': 'engagement_touchpoints'},
        {'system': 'crm', 'table': 'csm_sentiment'},
        {'system': 'billing', 'table': 'subscriptions'},
        {'system': 'billing', 'table': 'payments'},
        {'system': 'billing', 'table': 'transactions'},
        {'system': 'support', 'table': 'tickets'},
        {'system': 'surveys', 'table': 'invites'},
        {'system': 'surveys', 'table': 'responses'},
        {'system': 'status', 'table': 'account_components'},
        {'system': 'privacy', 'table': 'erasure_requests'},
    ]) }}
{% endmacro %}


{#- A staged table, to stand after `from`, with the accounts that it names in other letters by the names that the CRM gives
    them: see int_account_ids_compared. Where all are exact, nothing is found and the rows are as staged. In a unit test it
    is the table as given. -#}
{% macro with_known_accounts(staged) -%}
    {#- Whoever asks is built after the answer. -#}
    {%- if not execute -%}{%- do ref('int_account_ids_compared') -%}{%- endif -%}
    {%- if this is none or not execute -%}
        {{ ref(staged) }}
    {%- else -%}
        {%- set system, table_name = staged.removeprefix('stg_').split('__') -%}
        {%- set named = tables_that_name_accounts() | selectattr('system', 'equalto', system)
            | selectattr('table', 'equalto', table_name) | first -%}
        {%- set said = named.get('column', 'account_id') -%}
        (
            select
                {%- for column in graph.nodes['model.customer_health.' ~ staged].columns if column != said %}
                staged.{{ column }},
                {%- endfor %}
                coalesce(known.recognised_account_id, staged.{{ said }}) as {{ said }}
            from {{ ref(staged) }} as staged
            left join {{ ref('int_account_ids_compared') }} as known
                on
                    staged.{{ said }} = known.said_account_id
                    and known.system = '{{ system }}'
                    and known.table_name = '{{ table_name }}'
        ) as named
    {%- endif -%}
{%- endmacro %}
