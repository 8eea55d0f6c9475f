with

losses as (select * from {{ ref('int_losses') }}),

detections as (select * from {{ ref('int_loss_detections') }}),

circumstances as (select * from {{ ref('int_loss_circumstances') }}),

seen as (
    select
        account_id,
        lost_on,
        min(said_on) as first_seen_on,
        min_by(detector, cast(said_on as string) || detector) as first_seen_by,
        {%- for kind in ['rule', 'band', 'fall', 'silence', 'alert', 'model'] %}
            min(case when detector_kind = '{{ kind }}' then said_on end) as {{ kind }}_on,
        {%- endfor %}
        min(told_on) as told_on,
        min(published_on) as published_on
    from detections
    group by account_id, lost_on
),

joined as (
    select
        losses.*,
        seen.first_seen_on,
        seen.first_seen_by,
        seen.rule_on,
        seen.band_on,
        seen.fall_on,
        seen.silence_on,
        seen.alert_on,
        seen.model_on,
        seen.told_on,
        seen.told_on = seen.published_on as is_told_for_real,
        circumstances.acted_on,
        circumstances.is_landed,
        circumstances.was_on_watch
    from losses
    left join seen using (account_id, lost_on)
    left join circumstances using (account_id, lost_on)
)

-- The first thing that was missing is what failed.
select
    account_id,
    lost_on,
    month_end as ledger_month_end,
    reason_kind,
    decided_on,
    watched_from,
    first_seen_on,
    first_seen_by,
    rule_on,
    band_on,
    fall_on,
    silence_on,
    alert_on,
    model_on,
    told_on,
    case when told_on is not null then coalesce(is_told_for_real, false) end as is_told_for_real,
    acted_on,
    cast({{ days_between('first_seen_on', 'told_on') }} as integer) as recognition_days,
    cast({{ days_between('told_on', 'decided_on') }} as integer) as lead_days,
    cast({{ days_between('first_seen_on', 'decided_on') }} as integer) as detection_days,
    case
        when is_completion then 'ended_as_agreed'
        when first_seen_on is null and not is_landed then 'not_landed'
        when first_seen_on is null and was_on_watch then 'no_rule'
        when first_seen_on is null then 'nothing_to_see'
        when acted_on < decided_on then 'acted_in_vain'
        when told_on is null then 'not_told'
        else 'not_acted'
    end as failure_mode,
    mrr_before,
    mrr_lost,
    is_internal
from joined
