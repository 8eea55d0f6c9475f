"""Twins of what is within reach, adopted, opened and reached: looked up day by day."""

from tests.running_sums.span_twins import DATES, MEMBERSHIPS, holds
from tests.running_sums.twins import SEGMENT_SPANS, SEGMENTS, Twin

USER_DAYS = "account_id text, user_id text, activity_date date, is_in_population boolean"
ACTIVE_SPANS = "account_id text, user_id text, first_date date, end_date date"
REACH_SPANS = "account_id text, user_id text, platforms text, first_date date, end_date date"
ON_DAYS = "inner join int_days_spined d on d.date_day >= t.first_date and d.date_day < t.end_date"
CONDITIONS = "measure text, subject text, threshold bigint"

REACH_TWINS = [
    # What is known of nobody who is a member or active says nothing of anybody.
    Twin(
        "int_user_reach_spans",
        {
            "int_days_spined": DATES,
            "int_user_usage_summed_to_days": "account_id text, user_id text, platform text, "
            "activity_date date",
            "fct_user_activity_daily": USER_DAYS,
            "int_memberships_dated": MEMBERSHIPS,
            "int_active_user_spans": ACTIVE_SPANS,
            "dim_features": "feature_id text, platforms text",
        },
        """
        with people as (
            select account_id, user_id from int_memberships_dated
            union select account_id, user_id from int_active_user_spans
        ),
        known as (
            from int_user_usage_summed_to_days
            inner join fct_user_activity_daily using (account_id, user_id, activity_date)
            where is_in_population and platform != 'unknown'
        )
        select p.account_id, p.user_id, f.platforms, d.date_day
        from people p
        cross join (select distinct platforms from dim_features where platforms is not null) f
        cross join int_days_spined d
        left join known k on p.account_id = k.account_id and p.user_id = k.user_id
            and k.activity_date between d.date_day - 27 and d.date_day
        group by all
        having count(k.platform) = 0
            or bool_or(list_contains(string_split(f.platforms, '|'), k.platform))
        """,
        shown="select t.account_id, t.user_id, platforms, date_day from {table} t "
        f"{ON_DAYS} where (account_id, user_id) in (select (account_id, user_id) from "
        "int_memberships_dated union select (account_id, user_id) from int_active_user_spans)",
        key=None,
    ),
    Twin(
        "int_account_reach_spans",
        {
            "int_days_spined": DATES,
            "int_account_segment_spans": SEGMENT_SPANS,
            "int_active_user_spans": ACTIVE_SPANS,
            "int_user_reach_spans": REACH_SPANS,
        },
        f"""
        with counted as (
            select s.account_id, r.platforms, d.date_day,
                exists (from int_active_user_spans a where a.account_id = s.account_id
                    and {holds("a")}) as is_active,
                exists (from int_active_user_spans a
                    inner join int_user_reach_spans u using (account_id, user_id)
                    where a.account_id = s.account_id and u.platforms = r.platforms
                    and {holds("a", "u")}) as is_used
            from (select distinct account_id from int_account_segment_spans) s
            cross join (select distinct platforms from int_user_reach_spans) r
            cross join int_days_spined d
        )
        select account_id, platforms, if(is_used, 'used', 'silent') as basis, date_day
        from counted where is_used or not is_active
        """,
        shown="select t.account_id, platforms, basis, date_day from {table} t "
        f"{ON_DAYS} where account_id in (select account_id from int_account_segment_spans)",
        key=None,
    ),
    Twin(
        "int_feature_adoption_spans",
        {
            "int_days_spined": DATES,
            "int_user_usage_summed_to_days": "account_id text, feature_id text, user_id text, "
            "activity_date date, core_event_count bigint",
            "fct_user_activity_daily": USER_DAYS,
            "dim_features": "feature_id text, platforms text, is_core boolean, "
            "core_min_count bigint",
            "int_user_reach_spans": REACH_SPANS,
        },
        f"""
        select u.account_id, u.feature_id, u.user_id, d.date_day
        from int_days_spined d
        inner join int_user_usage_summed_to_days u
            on u.activity_date between d.date_day - 27 and d.date_day
        inner join fct_user_activity_daily p using (account_id, user_id, activity_date)
        inner join dim_features f on u.feature_id = f.feature_id
        where p.is_in_population and f.is_core and (f.platforms is null or exists (
            from int_user_reach_spans r where r.account_id = u.account_id
            and r.user_id = u.user_id and r.platforms = f.platforms and {holds("r")}))
        group by u.account_id, u.feature_id, u.user_id, d.date_day, f.core_min_count
        having sum(u.core_event_count) >= f.core_min_count
        """,
        shown="select distinct account_id, feature_id, user_id, date_day from {table} t " + ON_DAYS,
        key=None,
    ),
    Twin(
        "int_ticket_kinds_daily",
        {
            "int_days_spined": DATES,
            "fct_account_segments_daily": SEGMENTS,
            "fct_tickets": "ticket_id text, ticket_type text",
            "int_ticket_intervals": "ticket_id text, account_id text, measure text, "
            "created_date date, counted_from date, counted_to date",
        },
        """
        with placed as (
            select coalesce(t.ticket_type, 'unknown') as ticket_type, s.counted_to,
                greatest(s.counted_from, f.first_date) as counted_from
            from int_ticket_intervals s
            inner join fct_tickets t using (ticket_id)
            inner join (select account_id, min(activity_date) as first_date
                from fct_account_segments_daily group by all) f
                on s.account_id = f.account_id and s.counted_to > f.first_date
            where s.measure = 'opened' and exists (
                from fct_account_segments_daily g where g.account_id = s.account_id
                and g.activity_date = greatest(s.created_date, f.first_date))
        )
        select k.ticket_type, d.date_day, count(p.counted_to)
        from (select distinct ticket_type from placed) k
        cross join int_days_spined d
        left join placed p on k.ticket_type = p.ticket_type
            and d.date_day >= p.counted_from and d.date_day < p.counted_to
        group by all
        """,
        key=None,
    ),
    Twin(
        "int_onboarding_progress",
        {
            "int_onboarding_amounts": "account_id text, measure text, subject text, "
            "activity_date date, amount bigint",
            "int_onboarding_milestones_catalogued": CONDITIONS,
            "activation_rules": CONDITIONS,
        },
        """
        with reached as (
            select a.account_id, a.measure, a.subject, a.activity_date,
                (select sum(e.amount)::bigint from int_onboarding_amounts e
                 where e.account_id = a.account_id and e.measure = a.measure
                    and e.subject = a.subject and e.activity_date <= a.activity_date) as so_far,
                a.amount
            from int_onboarding_amounts a where a.amount > 0
        )
        select account_id, measure, subject, activity_date, so_far from reached
        where exists (
            from (from int_onboarding_milestones_catalogued union all from activation_rules) c
            where c.measure = reached.measure and coalesce(c.subject, 'any') = reached.subject
            and c.threshold > reached.so_far - reached.amount)
        """,
        key=None,
    ),
    Twin(
        "int_session_length_medians_daily",
        {
            "int_days_spined": DATES,
            "int_session_length_buckets_daily": "dimension text, segment text, bucket integer, "
            "activity_date date, session_count bigint",
        },
        """
        with sessions as (
            select dimension, segment, activity_date, power(1.02, bucket + 0.5) as seconds,
                unnest(range(session_count))
            from int_session_length_buckets_daily
        )
        select s.dimension, s.segment, d.date_day, count(*), round(quantile_cont(seconds, 0.5), 6)
        from int_days_spined d
        inner join sessions s on s.activity_date between d.date_day - 27 and d.date_day
        group by all
        """,
        shown="select dimension, segment, activity_date, session_count, "
        "round(median_session_seconds, 6) from {table}",
    ),
]
