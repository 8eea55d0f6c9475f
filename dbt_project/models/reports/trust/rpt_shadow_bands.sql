with

shadows as (select * from {{ ref('int_shadow_bands') }}),

accounts as (select * from {{ ref('rpt_accounts') }})

select
    shadows.account_id,
    shadows.shadow_version_id,
    shadows.model_version_id,
    accounts.account_name,
    accounts.csm_id,
    shadows.band,
    shadows.shadow_band,
    shadows.health_score,
    shadows.shadow_score,
    accounts.mrr,
    coalesce(shadows.band, '') != coalesce(shadows.shadow_band, '') as is_other_band,
    shadows.score_date
from shadows
inner join accounts using (account_id)
