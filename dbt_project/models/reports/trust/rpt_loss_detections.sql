with

detections as (select * from {{ ref('int_loss_detections') }}),

losses as (select * from {{ ref('fct_detection_ledger') }} where not is_internal)

select
    detections.account_id,
    detections.lost_on,
    detections.detector_kind,
    detections.detector,
    detections.said_on,
    detections.last_said_on,
    detections.day_count as said_day_count,
    detections.told_on as listed_on,
    cast({{ days_between('detections.said_on', 'losses.decided_on') }} as integer) as days_before_decision
from detections
inner join losses using (account_id, lost_on)
