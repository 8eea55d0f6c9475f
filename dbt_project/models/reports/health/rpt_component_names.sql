with

components as (select * from {{ ref('score_components') }})

-- Each version of a model names its components again; one name is enough where no version is meant.
select
    component,
    min(label) as label,
    min(unit) as unit,
    min(action_hint) as action_hint
from components
group by component
