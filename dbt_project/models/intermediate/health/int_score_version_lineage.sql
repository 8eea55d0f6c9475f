with

versions as (select * from {{ ref('score_model_versions') }})

-- What was live until the day on which a version became it.
select
    versions.model_version_id,
    earlier.model_version_id as previous_version_id
from versions
inner join versions as earlier
    on
        versions.model = earlier.model
        and versions.valid_from = earlier.valid_to
where versions.status in ('live', 'retired') and earlier.status in ('live', 'retired')
