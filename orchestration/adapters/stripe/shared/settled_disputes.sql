-- Charges that Stripe goes on calling disputed and whose money stayed: an inquiry that was closed became no dispute, and of
-- one that was won nothing was taken. Each change of a dispute is a line; the last one holds.
select charge
from (
    select * from each_dispute
    qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
)
where charge is not null
group by charge
having bool_and(coalesce(regexp_replace(lower(status), '[^a-z]', '', 'g') in ('won', 'warningclosed'), false))
