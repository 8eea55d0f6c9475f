with

accounts as (
    select distinct account_id
    from {{ ref('stg_crm__accounts') }}
    where account_id is not null
),

said as (
    {% for named in tables_that_name_accounts() %}
        {%- set column = named.get('column', 'account_id') %}
        select
            '{{ named.system }}' as system,
            '{{ named.table }}' as table_name,
            {{ column }} as said_account_id,
            count(*) as row_count
        from {{ ref('stg_' ~ named.system ~ '__' ~ named.table) }}
        where {{ column }} is not null and rejection_reason is null
        group by {{ column }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Capitals may be all that tells two accounts apart, so an account is recognised without them only where it is alone.
folded as (
    select
        lower(account_id) as folded_account_id,
        min(account_id) as account_id
    from accounts
    group by lower(account_id)
    having count(*) = 1
)

select
    said.system,
    said.table_name,
    said.said_account_id,
    folded.account_id as recognised_account_id,
    said.row_count
from said
left join accounts on said.said_account_id = accounts.account_id
left join folded on lower(said.said_account_id) = folded.folded_account_id
where accounts.account_id is null
