{#- Steps that end with `banded`: the band of each account and day, and whether a score that could be trusted has settled
    it. The step of scores holds the days that are built and the seven before; `opening` holds, of each account, the scale,
    its first day and the band on the eve of the first day that is built; `bands` are score_bands. -#}
{% macro banded_days(scores, opening, bands) -%}
-- Another model is another scale: what a score was on the old one says nothing about the new one.
dated as (
    select
        scores.*,
        coalesce(lag(scores.model_version_id) over days_of_account, opening.model_version_id) as model_before,
        opening.scale_since as scale_before
    from {{ scores }} as scores
    left join {{ opening }} as opening using (account_id)
    where {{ in_rebuild_window('scores.score_date') }}
    window days_of_account as (partition by scores.account_id order by scores.score_date)
),

scaled as (
    select
        *,
        max(case when model_before = model_version_id then scale_before else score_date end)
            over (partition by account_id order by score_date) as scale_since,
        override_rule is not null as is_capped,
        health_score is not null and confidence >= {{ var('minimum_confidence') }} as is_trusted
    from dated
),

-- A score has to pass a boundary by its half width to count as past it, unless it leapt or was capped;
-- one of low confidence moves nobody.
signalled as (
    select
        scaled.*,
        bands.band_order as boundary,
        cast(scaled.health_score >= bands.lower_bound as integer) as plain_side,
        case
            when not scaled.is_capped and not scaled.is_trusted then null
            when
                scaled.is_capped
                or abs(scaled.health_score - earlier.health_score) >= {{ var('large_change_points') }}
                then cast(scaled.health_score >= bands.lower_bound as integer)
            when scaled.health_score >= bands.lower_bound + bands.half_width then 1
            when scaled.health_score < bands.lower_bound - bands.half_width then 0
        end as side
    from scaled
    inner join {{ bands }} as bands on scaled.model_version_id = bands.model_version_id and bands.band_order > 1
    left join {{ scores }} as earlier
        on
            scaled.account_id = earlier.account_id
            and scaled.score_date = earlier.score_date + 7
            and scaled.scale_since <= earlier.score_date
),

-- The last signal stands; before the first one, the plain cut of the first score that can be trusted.
states as (
    select
        signalled.*,
        coalesce(
            {{ last_known('signalled.side') }} over history,
            cast(opening.band_order >= signalled.boundary as integer),
            {{ first_known('case when signalled.is_capped or signalled.is_trusted then signalled.plain_side end') }}
                over history
        ) as last_side
    from signalled
    left join {{ opening }} as opening using (account_id, scale_since)
    window history as (
        partition by signalled.account_id, signalled.scale_since, signalled.boundary
        order by signalled.score_date
        rows between unbounded preceding and current row
    )
),

-- As long as no score could be trusted, the band is only where the score of the day lies.
banded as (
    select
        account_id,
        score_date,
        scale_since,
        cast(
            case when max(health_score) is not null then 1 + sum(coalesce(last_side, plain_side)) end as integer
        ) as band_order,
        bool_and(last_side is not null) as is_band_settled
    from states
    group by account_id, score_date, scale_since
)
{%- endmacro %}
