{#- Steps that end with `spells`: each rule and thing by day, whether its alert is open, since when, and how bad it is. The
    observations hold the days that are built; `opening` holds, of each rule and thing, the state on the eve of them. Runs
    of breaches are counted over days that had data: a day without neither counts nor ends a run. -#}
{% macro alert_spells(observations, rules, opening, as_of) -%}
-- The eve is a day without data, so that what was open then goes on where nothing is observed any more.
observed as (
    select
        rule,
        entity_id,
        alert_date,
        observed_value,
        ends_by,
        inhibited_by
    from {{ observations }}
    where {{ in_rebuild_window('alert_date') }}
    union all
    select
        rule,
        entity_id,
        {{ rebuild_from() }} - 1 as alert_date,
        null as observed_value,
        null as ends_by,
        null as inhibited_by
    from {{ opening }}
),

-- Millions of days are sorted by one number instead of two names.
series as (
    select
        rule,
        entity_id,
        row_number() over (order by rule, entity_id) as series_number
    from observed
    group by rule, entity_id
),

levelled as (
    select
        observed.*,
        series.series_number,
        case
            when observed.ends_by is not null or observed.inhibited_by is not null or observed.observed_value is null
                then null
            when rules.direction_sign * observed.observed_value >= rules.direction_sign * rules.critical then 3
            when rules.direction_sign * observed.observed_value >= rules.direction_sign * rules.warning then 2
            when rules.direction_sign * observed.observed_value > rules.direction_sign * rules.recover then 1
            else 0
        end as level
    from observed
    inner join series on observed.rule = series.rule and observed.entity_id = series.entity_id
    inner join {{ rules }} as rules on observed.rule = rules.rule
),

numbered as (
    select
        *,
        count(level) over (partition by series_number order by alert_date) as data_number
    from levelled
),

counted as (
    select
        numbered.*,
        numbered.data_number - coalesce(
            max(case when numbered.level < 2 or numbered.ends_by is not null then numbered.data_number end) over history,
            -coalesce(opening.breach_count, 0)
        ) as breach_count,
        numbered.data_number - coalesce(
            max(case when numbered.level > 0 or numbered.ends_by is not null then numbered.data_number end) over history,
            -coalesce(opening.ok_count, 0)
        ) as ok_count,
        coalesce(
            max(case when numbered.level is not null then numbered.alert_date end) over history, opening.value_date
        ) as value_date,
        coalesce(opening.is_open, false) as opening_is_open
    from numbered
    left join {{ opening }} as opening using (rule, entity_id)
    window history as (partition by numbered.series_number order by numbered.alert_date)
),

signalled as (
    select
        counted.*,
        case
            when counted.ends_by is not null then false
            when counted.level >= 2 and counted.breach_count >= rules.min_breaches then true
            when counted.level = 0 and counted.ok_count >= rules.min_oks then false
        end as signal
    from counted
    inner join {{ rules }} as rules on counted.rule = rules.rule
),

-- Most alerts never open: their days need no more than their state.
ever_open as (
    select series_number
    from signalled
    where signal
    union
    select series.series_number
    from series
    inner join {{ opening }} as opening using (rule, entity_id)
    where opening.opened_on is not null
),

opened as (
    select
        signalled.*,
        coalesce({{ last_known('signalled.signal') }} over history, signalled.opening_is_open) as is_open,
        lead(signalled.alert_date) over (partition by signalled.series_number order by signalled.alert_date) as next_date
    from signalled
    inner join ever_open using (series_number)
    window history as (
        partition by signalled.series_number order by signalled.alert_date
        rows between unbounded preceding and current row
    )
),

-- What drops out of the data while its alert is open is not recovered: it is there without data, as long as the rule holds.
gaps as (
    select
        opened.rule,
        opened.entity_id,
        opened.series_number,
        opened.alert_date as last_date,
        opened.breach_count,
        opened.ok_count,
        opened.value_date,
        rules.valid_to,
        coalesce(opened.next_date, parameters.as_of_date + 1) as gap_ends_on
    from opened
    cross join {{ as_of }} as parameters
    inner join {{ rules }} as rules on opened.rule = rules.rule
    where opened.is_open and coalesce(opened.next_date, parameters.as_of_date + 1) > opened.alert_date + 1
),

spined as (
    select
        rule,
        entity_id,
        series_number,
        alert_date,
        observed_value,
        level,
        ends_by,
        inhibited_by,
        breach_count,
        ok_count,
        value_date,
        is_open
    from opened
    union all
    select
        gaps.rule,
        gaps.entity_id,
        gaps.series_number,
        dates.date_day as alert_date,
        null as observed_value,
        null as level,
        case when dates.date_day = gaps.valid_to then 'rule_retired' end as ends_by,
        null as inhibited_by,
        gaps.breach_count,
        gaps.ok_count,
        gaps.value_date,
        dates.date_day < gaps.valid_to as is_open
    from gaps
    inner join {{ ref('dim_dates') }} as dates
        on
            dates.is_built
            and dates.date_day > gaps.last_date
            and dates.date_day < gaps.gap_ends_on
            and dates.date_day <= gaps.valid_to
),

dated as (
    select
        *,
        lag(is_open) over (partition by series_number order by alert_date) as was_open_before
    from spined
),

-- A spell begins when the alert opens, and lasts until the next one begins.
spelled as (
    select
        dated.*,
        coalesce(dated.was_open_before, opening.is_open, false) as was_open,
        coalesce(
            max(
                case when dated.is_open and not coalesce(dated.was_open_before, opening.is_open, false) then dated.alert_date end
            ) over history,
            opening.opened_on
        ) as opened_on,
        coalesce(
            max(
                case when not dated.is_open and coalesce(dated.was_open_before, opening.is_open, false) then dated.alert_date end
            ) over history,
            opening.closed_on
        ) as closed_on
    from dated
    left join {{ opening }} as opening using (rule, entity_id)
    window history as (partition by dated.series_number order by dated.alert_date)
),

spells as (
    {%- set columns = [
        'rule', 'entity_id', 'alert_date', 'observed_value', 'level', 'ends_by', 'inhibited_by', 'breach_count', 'ok_count',
        'value_date'
    ] %}
    select
        {%- for column in columns %}
        spelled.{{ column }},
        {%- endfor %}
        spelled.is_open,
        spelled.was_open,
        spelled.opened_on,
        spelled.closed_on,
        greatest(
            max(case when spelled.is_open and spelled.level >= 2 then spelled.level - 1 end) over (
                partition by spelled.series_number, spelled.opened_on order by spelled.alert_date
            ),
            opening.severity_rank
        ) as severity_rank
    from spelled
    left join {{ opening }} as opening
        on
            spelled.rule = opening.rule
            and spelled.entity_id = opening.entity_id
            and spelled.opened_on = opening.opened_on
    -- Whoever has left is not watched: only the day on which an open alert ends is kept.
    where {{ in_rebuild_window('spelled.alert_date') }} and (spelled.ends_by is null or spelled.was_open)
    union all
    select
        {%- for column in columns %}
        signalled.{{ column }},
        {%- endfor %}
        false as is_open,
        false as was_open,
        cast(null as date) as opened_on,
        cast(null as date) as closed_on,
        null as severity_rank
    from signalled
    left join ever_open using (series_number)
    where
        {{ in_rebuild_window('signalled.alert_date') }}
        and signalled.ends_by is null
        and ever_open.series_number is null
)
{%- endmacro %}
