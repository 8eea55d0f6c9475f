with

attributes as (select * from {{ ref('int_account_attributes_daily') }} where is_in_population),

rhythms as (select * from {{ ref('int_account_rhythms_daily') }}),

activations as (select * from {{ ref('int_account_activations') }}),

rules as (select * from {{ ref('score_assignments') }}),

versions as (select * from {{ ref('score_model_versions') }}),

chosen_rule as (
    select distinct rule_id
    from {{ ref('activation_rules') }}
    where is_chosen
),

-- Onboarding lasts until an account is at home, but not for ever.
staged as (
    select
        attributes.*,
        case
            when
                attributes.lifecycle_stage in ('mature', 'renewal_window')
                and attributes.tenure_days < {{ var('onboarding_days_at_most') }}
                and (activations.is_applicable or activations.matures_on > attributes.activity_date)
                and coalesce(activations.activated_on > attributes.activity_date, true)
                then 'onboarding'
            else attributes.lifecycle_stage
        end as scoring_stage
    from attributes
    left join (
        select activations.*
        from activations
        inner join chosen_rule using (rule_id)
    ) as activations using (account_id)
),

-- Of the rules that fit, the one of the lowest priority number decides.
assigned as (
    select
        staged.account_id,
        staged.activity_date,
        min_by(rules.model, rules.priority) as model
    from staged
    inner join rules
        on
            staged.activity_date >= rules.valid_from
            and (rules.valid_to is null or staged.activity_date < rules.valid_to)
            and (rules.stage is null or staged.scoring_stage = rules.stage)
            and coalesce(rules.segment = case rules.dimension
                {%- for dimension in ['plan', 'size_band', 'industry', 'country', 'region', 'platform'] %}
                    when '{{ dimension }}' then staged.{{ dimension }}
                {%- endfor %}
            end, rules.dimension is null)
    group by staged.account_id, staged.activity_date
)

select
    staged.account_id,
    staged.activity_date as score_date,
    assigned.model,
    versions.model_version_id,
    staged.lifecycle_stage,
    staged.scoring_stage,
    staged.size_band,
    staged.tenure_days,
    rhythms.last_active_date,
    cast(coalesce(
        staged.tenure_days - {{ days_between('rhythms.last_active_date', 'staged.activity_date') }}, 0
    ) as integer) as tenure_days_when_last_active
from staged
inner join assigned using (account_id, activity_date)
left join rhythms using (account_id, activity_date)
inner join versions
    on
        assigned.model = versions.model
        and versions.status in ('live', 'retired')
        and staged.activity_date >= versions.valid_from
        and (versions.valid_to is null or staged.activity_date < versions.valid_to)
