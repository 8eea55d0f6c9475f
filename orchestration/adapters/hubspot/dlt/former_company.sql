-- dlt appends a company that was changed, with its lists: those of its former states no longer hold.
select _dlt_id from companies
qualify _dlt_id <> first_value(_dlt_id) over (partition by as_key(id) order by landed_file desc, landed_line desc)
