select
    as_key(id) as company_id,
    * exclude (id)
from companies
