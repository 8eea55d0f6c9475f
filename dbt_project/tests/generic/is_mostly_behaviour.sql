{#- Passes when in each version behaviour has half of the weight or more and satisfaction a fifth or less, or the version
    says in balance_exception why not. -#}
{% test is_mostly_behaviour(model) %}

select
    components.model_version_id,
    sum(case when components.is_behavioural then components.weight * pillars.weight else 0 end) as behaviour,
    sum(case when components.pillar = 'satisfaction' then components.weight * pillars.weight else 0 end) as satisfaction
from {{ model }} as components
inner join {{ ref('score_pillars') }} as pillars using (model_version_id, pillar)
inner join {{ ref('score_model_versions') }} as versions using (model_version_id)
where versions.balance_exception is null
group by components.model_version_id
having
    sum(case when components.is_behavioural then components.weight * pillars.weight else 0 end) < 0.5
    or sum(case when components.pillar = 'satisfaction' then components.weight * pillars.weight else 0 end) > 0.2

{% endtest %}
