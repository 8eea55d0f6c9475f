{#- The account of a row that may name a person only, by the same rule as that of an event: the account
    that the row names itself, else the one to which its person belonged alone at that time. A person of several accounts
    gives it to none of them. The model joins `memberships` with joined_to_memberships. -#}
{% macro found_account(row) -%}
    coalesce({{ row }}.account_id, memberships.account_id)
{%- endmacro %}


{#- How the account was found: named, membership, ambiguous (a person of several accounts) or nobody. -#}
{% macro account_found_by(row) -%}
    case
        when {{ row }}.account_id is not null then 'named'
        when memberships.account_count > 1 then 'ambiguous'
        when memberships.account_id is not null then 'membership'
        else 'nobody'
    end
{%- endmacro %}


{#- The join for both; `memberships` is a step that reads int_users_matched_to_accounts. Only rows that name no account
    are looked up. -#}
{% macro joined_to_memberships(row, person, at) -%}
    left join memberships
        on
            case when {{ row }}.account_id is null then {{ row }}.{{ person }} end = memberships.user_id
            and {{ row }}.{{ at }} >= memberships.valid_from
            and {{ row }}.{{ at }} < memberships.valid_to
{%- endmacro %}
