-- An export has no history.
select
    cast(null as varchar) as company_id,
    cast(null as timestamptz) as changed_at,
    cast(null as varchar) as property
where false
