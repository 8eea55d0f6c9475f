{{ config(materialized='table') }}

{{ known_persons(in_use=false) }}
