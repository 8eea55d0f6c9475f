{{ segment_health_changes('select as_of_date as score_date from ' ~ ref('stg_run__parameters')) }}
