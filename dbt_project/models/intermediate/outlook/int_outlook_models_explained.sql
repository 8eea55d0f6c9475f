{{ config(materialized='ephemeral') }}

with

models as (select * from {{ ref('int_outlook_models') }}),

promotions as (select * from {{ ref('outlook_promotions') }}),

horizons as (
    {%- for days in var('outcome_horizons') %}
        select cast({{ days }} as integer) as horizon_days
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

-- Every model, every horizon without one, and every promotion of a model that nobody knows.
select
    model_version,
    horizon_days,
    model_status,
    is_leading_model,
    label,
    possible_from,
    trained_on,
    promoted_on,
    promoted_by,
    is_better,
    training_event_count,
    test_event_count,
    parameter_count,
    case
        when model_status = 'features_missing'
            then
                'The model ' || model_version || ' cannot say anything: it learned from '
                || coalesce(
                    'the feature ' || unknown_feature || ', which is not there any more',
                    'another meaning of the features'
                )
                || '. Run make train, and promote what comes of it.'
        when model_status = 'candidate' and promoted_on is not null
            then
                'Promoted by ' || promoted_by
                || ', but it did not beat all that it was set beside, so it stays a candidate: ' || reason
        when model_status = 'candidate' and is_better
            then 'A candidate, which decides nothing until somebody promotes it: ' || reason
        when model_status = 'ok'
            then
                'In force since ' || cast(promoted_on as string) || ', promoted by ' || promoted_by || ': '
                || reason
        else reason
    end as explanation
from models
union all
select
    'none' as model_version,
    horizon_days,
    'not_trained' as model_status,
    true as is_leading_model,
    null as label,
    null as possible_from,
    null as trained_on,
    null as promoted_on,
    null as promoted_by,
    null as is_better,
    null as training_event_count,
    null as test_event_count,
    null as parameter_count,
    'Nothing has been learned yet within ' || cast(horizon_days as string)
    || ' days: run make train, then make run.' as explanation
from horizons
where horizon_days not in (select models.horizon_days from models)
union all
select
    promotions.model_version,
    null as horizon_days,
    'unknown_version' as model_status,
    false as is_leading_model,
    null as label,
    null as possible_from,
    null as trained_on,
    promotions.promoted_on,
    promotions.author as promoted_by,
    null as is_better,
    null as training_event_count,
    null as test_event_count,
    null as parameter_count,
    'The seed outlook_promotions names ' || promotions.model_version || ', promoted by ' || promotions.author
    || ', and the book of the outlook has no such model. Take the row out, or name a version that make train '
    || 'printed.' as explanation
from promotions
where promotions.model_version not in (select models.model_version from models)
