select
    id,
    external_id,
    -- Who belongs to several companies asks for none of them.
    case when len(entries(companies, '$.data')) = 1 then inside(companies, '$.data[0].id') end as company_id
from contacts
qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
