"""What every running sum of entries and exits should come to, counted day by day.

Each twin names the tables that its model reads, with their columns, and answers the same question
without a running sum: it joins every day to whatever stands on it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Twin:
    """A model, what it reads, and the same answer by brute force."""

    model: str
    reads: dict[str, str]
    brute_force: str
    # How the table of the model is looked at; the other build of it goes by another name.
    shown: str = "from {table}"
    # Column of the days that an incremental model replaces.
    key: str | None = "activity_date"
    # Models that are built before, from the same tables.
    before: tuple[str, ...] = ()


SPINE = "account_id text, activity_date date"
SEGMENTS = "account_id text, activity_date date, dimension text, segment text"
SEGMENT_SPANS = (
    "account_id text, dimension text, segment text, plan_id text, first_date date, end_date date"
)
IN_28_DAYS = "between d.activity_date - 27 and d.activity_date"

NPS_TABLES = {90: "fct_nps_90d", 180: "int_nps_180d"}

TWINS = [
    Twin(
        "int_account_roles_daily",
        {
            "int_account_days_spined": SPINE,
            "fct_user_activity_daily": "account_id text, user_id text, activity_date date, "
            "is_internal boolean",
            "dim_users": "user_id text, role text",
            "int_champions_matched_to_accounts": "account_id text, user_id text, "
            "first_date date, last_date date",
        },
        f"""
        select d.account_id, d.activity_date,
            count(distinct u.role) filter (where a.activity_date {IN_28_DAYS}),
            count(c.user_id) filter (where
                a.activity_date between d.activity_date - 13 and d.activity_date) > 0
        from int_account_days_spined d
        left join fct_user_activity_daily a on d.account_id = a.account_id and not a.is_internal
        left join dim_users u using (user_id)
        left join int_champions_matched_to_accounts c
            on a.account_id = c.account_id and a.user_id = c.user_id
            and a.activity_date between c.first_date and c.last_date
        group by all
        """,
    ),
    *(
        Twin(
            NPS_TABLES[days],
            {
                "int_account_days_spined": SPINE,
                "fct_surveys": "response_id text, survey_type text, account_id text, user_id text, "
                "score integer, is_positive boolean, is_detractor boolean, response_date date, "
                "responded_at date",
                "dim_source_coverage": "source text, first_date date",
            },
            f"""
            with spoken as (
                select d.account_id, d.activity_date, s.* exclude (account_id)
                from int_account_days_spined d
                left join fct_surveys s
                    on d.account_id = s.account_id and s.response_date <= d.activity_date
                    and s.survey_type = 'nps' and s.score is not null
                qualify row_number() over (
                    partition by d.account_id, d.activity_date, coalesce(s.user_id, s.response_id)
                    order by s.responded_at desc, s.response_id desc
                ) = 1
            )
            select account_id, activity_date,
                case when is_told then count(response_id) filter (where is_recent) end,
                case when is_told then count(*) filter (where is_positive and is_recent) end,
                case when is_told then count(*) filter (where is_detractor and is_recent) end,
                max(response_date) filter (where is_recent)
            from (
                select *, response_date > activity_date - {days} as is_recent,
                    (select first_date from dim_source_coverage where source = 'surveys_responses')
                        <= activity_date as is_told
                from spoken
            ) group by account_id, activity_date, is_told
            """,
        )
        for days in (90, 180)
    ),
    Twin(
        "int_active_users_daily",
        {
            "fct_account_segments_daily": SEGMENTS,
            "int_active_user_days": "dimension text, segment text, user_id text, "
            "activity_date date",
        },
        f"""
        with d as (
            select dimension, segment, activity_date, count(*) as account_count
            from fct_account_segments_daily group by all
        )
        select d.dimension, d.segment, d.activity_date, d.account_count,
            count(distinct u.user_id) filter (where u.activity_date = d.activity_date),
            count(distinct u.user_id) filter (
                where u.activity_date between d.activity_date - 6 and d.activity_date),
            count(distinct u.user_id) filter (where u.activity_date {IN_28_DAYS})
        from d left join int_active_user_days u using (dimension, segment)
        group by all
        """,
    ),
    Twin(
        "int_active_day_histogram_daily",
        {
            "int_days_spined": "date_day date",
            "int_active_user_days": "dimension text, segment text, user_id text, "
            "activity_date date",
        },
        """
        with counted as (
            select u.dimension, u.segment, d.date_day, u.user_id,
                if(count(*) >= 16, 16, 1) as active_days
            from int_days_spined d inner join int_active_user_days u
                on u.activity_date between d.date_day - 27 and d.date_day
            group by all
        )
        select dimension, segment, date_day, active_days, count(*) from counted group by all
        """,
    ),
    Twin(
        "int_session_segments_daily",
        {
            "fct_account_segments_daily": SEGMENTS,
            "int_segment_activity_daily": "dimension text, segment text, activity_date date, "
            "mau bigint",
            "int_user_usage_summed_to_days": "account_id text, user_id text, platform text, "
            "activity_date date, is_internal boolean",
            "int_sessions_daily": "dimension text, segment text, activity_date date",
            "int_latency_buckets_daily": "dimension text, segment text, activity_date date",
        },
        f"""
        with seen as (
            select p.platform, p.user_id, p.activity_date
            from int_user_usage_summed_to_days p
            inner join fct_account_segments_daily s using (account_id, activity_date)
            where s.dimension = 'all' and not p.is_internal
            union all
            select segment, null, activity_date from int_sessions_daily
            where dimension = 'platform'
            union all
            select segment, null, activity_date from int_latency_buckets_daily
            where dimension = 'platform'
        )
        select dimension, segment, activity_date, mau from int_segment_activity_daily
        where dimension = 'all'
        union all
        select 'platform', seen.platform, d.activity_date, count(distinct seen.user_id)
        from int_segment_activity_daily d
        inner join seen on seen.activity_date {IN_28_DAYS}
        where d.dimension = 'all'
        group by all
        """,
    ),
    Twin(
        "int_affected_users_daily",
        {
            "fct_account_segments_daily": SEGMENTS,
            "int_session_segments_daily": "dimension text, segment text, activity_date date",
            "fct_errors_in_sessions": "account_id text, user_id text, platform text, "
            "is_user_visible boolean, activity_date date",
        },
        f"""
        with met as (
            select s.dimension, e.user_id, e.activity_date,
                case s.dimension when 'platform' then e.platform else s.segment end as segment
            from fct_errors_in_sessions e
            inner join fct_account_segments_daily s using (account_id, activity_date)
            where e.is_user_visible
        )
        select d.dimension, d.segment, d.activity_date,
            count(distinct met.user_id) filter (where met.activity_date {IN_28_DAYS})
        from (select distinct * from int_session_segments_daily) d
        left join met using (dimension, segment)
        group by all
        """,
        shown="from {table} where (dimension, segment, activity_date) in "
        "(select (dimension, segment, activity_date) from int_session_segments_daily)",
    ),
]
