-- Names of a system that are matched by key, by domain, ambiguous or unmatched are all of its names.
select *
from {{ ref('rpt_accounts_matched') }}
where matched_by_key_count + matched_by_domain_count + ambiguous_count + unmatched_count != name_count
