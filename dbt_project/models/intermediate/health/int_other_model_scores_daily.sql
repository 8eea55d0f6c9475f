with

components as (select * from {{ ref('int_health_components_daily') }} where model_role != 'live')

{{ summed_points('components') }}
