{#- Persons whom landed tables name in other capitals than the CRM, by their pseudonyms: those of the tables
    that say whose an event is, or those of all others. They are two tables, so that use waits for no ticket. -#}
{% macro known_persons(in_use) -%}
with

built_loads as (select load_id from {{ ref('stg_run__built_loads') }}),

-- An address is the same person in any capitals by its pseudonym alone. Whoever is a member only is known by that.
persons as (
    {% for table in ['users', 'account_users'] %}
        select
            user_id,
            {{ 'true' if table == 'users' else 'false' }} as is_user,
            bool_or(_load_id in (select built_loads.load_id from built_loads)) as was_known
        from {{ source('crm', table) }}
        where user_id not like '%@%' and {{ was_known('_loaded_at') }}
        group by user_id
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
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

-- Capitals may be all that tells two persons apart, so a person is recognised without them only where it is alone among
-- users, or among members where it is no user.
folded as (
    select
        lower(user_id) as folded_user_id,
        {{ the_only_person('true') }} as user_id,
        {{ the_only_person('was_known') }} as former_user_id,
        bool_or(is_user) as is_user
    from persons
    group by lower(user_id)
),

exact as (
    select
        persons.user_id,
        bool_or(persons.was_known) as was_known
    from persons
    inner join folded on lower(persons.user_id) = folded.folded_user_id
    where persons.is_user = folded.is_user
    group by persons.user_id
),

compared as (
    select
        said.*,
        coalesce(exact.user_id, folded.user_id) as recognised_user_id,
        folded.former_user_id
    from said
    inner join folded on lower(said.user_id) = folded.folded_user_id
    left join exact on said.user_id = exact.user_id
    where
        exact.user_id is null
        or (not exact.was_known and folded.former_user_id is not null)
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


{#- The only user of a group of persons, or the only one who is a member where none is a user; NULL where there are several. -#}
{% macro the_only_person(condition) -%}
    case
        when count(*) filter (where is_user and {{ condition }}) = 1
            then min(user_id) filter (where is_user and {{ condition }})
        when count(*) filter (where is_user and {{ condition }}) = 0 and count(*) filter (where {{ condition }}) = 1
            then min(user_id) filter (where {{ condition }})
    end
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
