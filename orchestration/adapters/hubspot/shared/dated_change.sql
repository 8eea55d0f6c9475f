-- Changes of the properties that are told dated.
select * from each_change
where
    property in (
        'name', 'domain', 'hs_parent_company_id', 'type', 'lifecyclestage', 'industry', 'country', 'state',
        'numberofemployees', 'size_band', 'age_band', 'plan_override', 'lifecycle_override', 'hubspot_owner_id',
        'customer_success_manager', 'timezone'
    )
