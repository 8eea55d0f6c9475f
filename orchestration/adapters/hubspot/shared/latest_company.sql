-- Each sync of a company is a line; the last one holds.
select * from each_company
qualify row_number() over (partition by company_id order by landed_file desc, landed_line desc) = 1
