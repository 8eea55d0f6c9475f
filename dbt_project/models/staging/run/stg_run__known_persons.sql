{{ config(materialized='ephemeral') }}

with

in_use as (select * from {{ ref('stg_run__persons_named_in_use') }}),

elsewhere as (select * from {{ ref('stg_run__persons_named_elsewhere') }})

select * from in_use
union all
select * from elsewhere
