{{ config(meta={'dagster': {'ref': {'name': 'rpt_mrr_bridge'}}}) }}

-- The last bar of each bridge stands as high as the steps before it reach.
with

bridge as (select * from {{ ref('rpt_mrr_bridge') }})

select period
from bridge
where step = 'closing' and amount is distinct from bar_to
