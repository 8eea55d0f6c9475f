with

told as (
    unpivot (
        select
            account_id,
            valid_from,
            name,
            domain,
            industry,
            country,
            region as state,
            account_type as type,
            owner_id as hubspot_owner_id,
            parent_account_id as hs_parent_company_id,
            csm_id as customer_success_manager,
            timezone,
            size_band,
            plan_override
        from raw.crm_accounts
    )
    on columns(* exclude (account_id, valid_from))
    into name property value said
)

select
    account_id as company_id,
    property as name,
    'CRM_UI' as source,
    valid_from as timestamp,
    said as value
from told
qualify said is distinct from lag(said) over (partition by account_id, property order by valid_from)
order by company_id, timestamp, name
