with

losses as (select * from {{ ref('int_losses') }}),

detector_days as (select * from {{ ref('int_detector_days') }}),

published as (select distinct score_date from {{ ref('stg_run__published_scores') }}),

first_published as (select min(score_date) as first_date from published)

-- Before anything was published a list that would have been is taken for one that was; afterwards only those that were.
select
    losses.account_id,
    losses.lost_on,
    detector_days.detector_kind,
    detector_days.detector,
    min(detector_days.said_on) as said_on,
    max(detector_days.said_on) as last_said_on,
    count(*) as day_count,
    min(case
        when
            detector_days.is_printed
            or detector_days.is_listed
            and (
                published.score_date is not null
                or detector_days.said_on < coalesce(first_published.first_date, date '9999-12-31')
            )
            then detector_days.said_on
    end) as told_on,
    min(case
        when detector_days.is_printed then detector_days.said_on
        when detector_days.is_listed then published.score_date
    end) as published_on
from losses
inner join detector_days
    on
        losses.account_id = detector_days.account_id
        and losses.watched_from <= detector_days.said_on
        and losses.decided_on > detector_days.said_on
cross join first_published
left join published on detector_days.said_on = published.score_date
group by losses.account_id, losses.lost_on, detector_days.detector_kind, detector_days.detector
