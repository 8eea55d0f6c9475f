{#- Persons whom landed tables name in other capitals than the users of the CRM, by their pseudonyms: those of the tables
    that say whose an event is, or those of all others. They are two tables, so that use waits for no ticket. -#}
{% macro known_persons(in_use) -%}
with

built_loads as (select load_id from {{ ref('stg_run__built_loads') }}),

-- An address is the same person in any capitals by its pseudonym alone.
users as (
    select
        user_id,
        bool_or(_load_id in (select built_loads.load_id from built_loads)) as was_known
    from {{ source('crm', 'users') }}
    where user_id not like '%@%' and {{ was_known('_loaded_at') }}
    group by user_id
),

said as (
    {% for named in tables_that_name_persons(in_use) %}
        select
            '{{ named.system }}' as system,
            '{{ named.table }}' as table_name,
            {{ named.person }} as user_id,
            count(*) as row_count
        from {{ source(named.system, named.table) }}
        where {{ named.person }} is not null and not _is_deleted and {{ was_known('_loaded_at') }}
        group by {{ named.person }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Capitals may be all that tells two persons apart, so a person is recognised without them only where it is alone.
folded as (
    select
        lower(user_id) as folded_user_id,
        case when count(*) = 1 then min(user_id) end as user_id,
        case when count(*) filter (where was_known) = 1 then min(user_id) filter (where was_known) end
            as former_user_id
    from users
    group by lower(user_id)
),

compared as (
    select
        said.*,
        coalesce(users.user_id, folded.user_id) as recognised_user_id,
        folded.former_user_id
    from said
    inner join folded on lower(said.user_id) = folded.folded_user_id
    left join users on said.user_id = users.user_id
    where
        users.user_id is null
        or (not users.was_known and folded.former_user_id is not null)
)

-- The capitals that tell a person's spellings apart end here, as every identifier of a person does.
select
    system,
    table_name,
    {{ pseudonym('user_id') }} as said_user_id,
    {{ pseudonym('recognised_user_id') }} as recognised_user_id,
    {{ pseudonym('former_user_id') }} as formerly_recognised_user_id,
    row_count
from compared
{%- endmacro %}


{#- The landed tables that name persons: those that say whose an event is (the product's own, and who belongs to which
    account), or all others. -#}
{% macro tables_that_name_persons(in_use) %}
    {%- set found = [] -%}
    {%- for named in tables_that_name_others() if named.person and names_persons_in_use(named) == in_use -%}
        {%- do found.append(named) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro names_persons_in_use(named) %}
    {{ return(named.system == 'product' or named.table == 'account_users') }}
{% endmacro %}
