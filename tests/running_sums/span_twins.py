"""Twins of the running sums over spans: who stands in one on a day is looked up day by day."""

from tests.running_sums.twins import SEGMENT_SPANS, SEGMENTS, Twin

DATES = "date_day date"
USER_SPANS = "account_id text, feature_id text, user_id text, first_date date, end_date date"
MEMBERSHIPS = "account_id text, user_id text, role text, first_date date, end_date date"
OFFERS = (
    "offer_number integer, account_id text, feature_id text, dimension text, segment text, "
    "roles text, first_date date, end_date date"
)
USAGE = (
    "account_id text, feature_id text, activity_date date, core_event_count bigint, "
    "core_user_count bigint"
)
MEMBERS = "int_memberships_dated m using (account_id, user_id)"
HOLDS = "d.date_day >= {0}.first_date and d.date_day < {0}.end_date"
AUDIENCE = (
    "dimension text, segment text, plan_id text, role text, platforms text, activity_date date, "
    "account_count bigint, active_user_count bigint, provisioned_user_count bigint"
)


def holds(*spans: str) -> str:
    """Say that a day lies in each of these spans."""
    return " and ".join(HOLDS.format(span) for span in spans)


def adopters(count: str, spans: str, *others: str) -> str:
    """Count spans that stand on a day of the audiences, by feature and segment."""
    joined = " ".join(f"inner join {other}" for other in others)
    return f"""
        (select count(*) from {spans} s {joined}
         inner join int_feature_offers o
            on s.account_id = o.account_id and s.feature_id = o.feature_id
         where o.feature_id = e.feature_id and o.dimension = d.dimension and o.segment = d.segment
            and {count} and {holds("s", "o")})
    """


def offered_use(amount: str) -> str:
    """Sum what was done within reach in 28 days, by feature and segment."""
    return f"""
        coalesce((select sum(o.{amount}) from offered o
            where o.feature_id = e.feature_id and o.dimension = d.dimension
                and o.segment = d.segment and o.core_event_count > 0
                and o.activity_date between d.date_day - 27 and d.date_day), 0)::bigint
    """


SPAN_TWINS = [
    Twin(
        "int_segment_audiences_daily",
        {
            "int_days_spined": DATES,
            "int_account_segment_spans": SEGMENT_SPANS,
            "int_audience_spans": "audience text, account_id text, user_id text, role text, "
            "platforms text, first_date date, end_date date",
        },
        f"""
        select s.dimension, s.segment, s.plan_id, a.role, a.platforms, d.date_day,
            count(*) filter (where a.audience = 'account'),
            count(*) filter (where a.audience = 'active'),
            count(*) filter (where a.audience = 'provisioned')
        from int_days_spined d
        inner join int_account_segment_spans s on {holds("s")}
        inner join int_audience_spans a on s.account_id = a.account_id and {holds("a")}
        group by all
        """,
        key=None,
        before=("int_audience_changes",),
    ),
    Twin(
        "int_account_adoption_spans",
        {"int_days_spined": DATES, "int_feature_adoption_spans": USER_SPANS},
        f"""
        select s.account_id, s.feature_id, d.date_day, count(*) as adopting_user_count
        from int_days_spined d inner join int_feature_adoption_spans s on {holds("s")}
        group by all
        """,
        shown="select account_id, feature_id, date_day, adopting_user_count from {table} t "
        "inner join int_days_spined d on d.date_day >= t.first_date and d.date_day < t.end_date",
        key=None,
    ),
    Twin(
        "int_habit_spans",
        {
            "int_days_spined": DATES,
            "int_habit_recurrences": "entity text, account_id text, entity_id text, kind text, "
            "recurring text, activity_date date",
        },
        """
        select r.entity, r.account_id, r.entity_id, d.date_day
        from int_days_spined d inner join int_habit_recurrences r
            on r.activity_date between d.date_day - 27 and d.date_day
        group by all
        having count(distinct recurring) filter (where kind = 'feature') >= 2
            and count(distinct recurring) filter (where kind = 'day') >= 4
        """,
        shown="select entity, account_id, entity_id, date_day from {table} t "
        "inner join int_days_spined d on d.date_day >= t.first_date and d.date_day < t.end_date",
        key="end_date",
    ),
    Twin(
        "int_segment_habits_daily",
        {
            "int_habit_spans": "entity text, account_id text, entity_id text, first_date date, "
            "end_date date",
            "int_account_segment_spans": SEGMENT_SPANS,
            "int_segment_audiences_daily": AUDIENCE,
        },
        f"""
        with days as (
            select dimension, segment, activity_date as date_day,
                sum(account_count)::bigint as accounts, sum(active_user_count)::bigint as active,
                sum(provisioned_user_count)::bigint as provisioned
            from int_segment_audiences_daily where role = 'any' and platforms = 'any'
            group by all having accounts > 0
        )
        select d.dimension, d.segment, d.date_day, d.accounts, d.active, d.provisioned,
            (select count(*) from int_habit_spans h
             inner join int_account_segment_spans s using (account_id)
             where h.entity = 'account' and s.dimension = d.dimension and s.segment = d.segment
                and {holds("h", "s")}),
            (select count(*) from int_habit_spans h
             inner join int_account_segment_spans s using (account_id)
             where h.entity = 'user' and s.dimension = d.dimension and s.segment = d.segment
                and {holds("h", "s")})
        from days d
        """,
        key=None,
    ),
    # A feature has rows where it was used or adopted, and on every day for all accounts together.
    Twin(
        "fct_feature_adoption_daily",
        {
            "int_days_spined": DATES,
            "fct_account_segments_daily": SEGMENTS,
            "fct_feature_usage_daily": USAGE,
            "fct_subscriptions_daily": "account_id text, activity_date date, plan_id text",
            "int_feature_adoption_spans": USER_SPANS,
            "int_account_adoption_spans": "account_id text, feature_id text, first_date date, "
            "end_date date",
            "int_feature_offers": OFFERS,
            "int_memberships_dated": MEMBERSHIPS,
            "int_segment_audiences_daily": AUDIENCE,
            "int_feature_entitlements": "feature_id text, plan_id text, roles text, "
            "platforms text, reach text, first_date date, end_date date",
            "dim_source_coverage": "source text, first_date date",
        },
        f"""
        with told as (
            select first_date as members_from from dim_source_coverage
            where source = 'crm_account_users'
        ),
        eligible as (
            select e.feature_id, d.dimension, d.segment, d.activity_date as date_day,
                sum(d.account_count)::bigint as accounts,
                sum(d.active_user_count)::bigint as active,
                sum(d.provisioned_user_count)::bigint as provisioned
            from int_segment_audiences_daily d
            inner join int_feature_entitlements e on d.plan_id = e.plan_id
                and d.activity_date >= e.first_date and d.activity_date < e.end_date
            where d.role = 'any' and d.platforms = 'any'
            group by all having accounts > 0
        ),
        offered as (
            select u.*, s.dimension, s.segment from fct_feature_usage_daily u
            inner join fct_account_segments_daily s using (account_id, activity_date)
            inner join fct_subscriptions_daily p using (account_id, activity_date)
            inner join int_feature_entitlements e on u.feature_id = e.feature_id
                and p.plan_id = e.plan_id
                and u.activity_date >= e.first_date and u.activity_date < e.end_date
            where (u.feature_id, s.dimension, s.segment, u.activity_date) in
                (select (feature_id, dimension, segment, date_day) from eligible)
        ),
        counted as (
            select e.feature_id, d.dimension, d.segment, d.date_day, d.accounts,
                {adopters("true", "int_account_adoption_spans")} as accounts_adopting,
                d.active, {adopters("true", "int_feature_adoption_spans")} as users_adopting,
                d.provisioned, {adopters(holds("m"), "int_feature_adoption_spans", MEMBERS)}
                    as members_adopting,
                {offered_use("core_event_count")} as events,
                {offered_use("core_user_count")} as user_days,
                exists (
                    from fct_feature_usage_daily u
                    inner join fct_account_segments_daily s using (account_id, activity_date)
                    where u.core_event_count > 0 and u.feature_id = e.feature_id
                        and s.dimension = d.dimension and s.segment = d.segment
                        and u.activity_date between d.date_day - 27 and d.date_day
                ) as is_used
            from eligible d
            inner join (select distinct feature_id from eligible) e using (feature_id)
        )
        select * exclude (is_used, members_from) replace (
            case when members_from <= date_day then provisioned end as provisioned,
            case when members_from <= date_day then members_adopting end as members_adopting
        ) from counted cross join told
        where is_used or dimension = 'all'
            or accounts_adopting + users_adopting + members_adopting > 0
        """,
        before=(
            *("int_adopter_changes", "int_segment_reaches_daily"),
            "int_segment_feature_usage_daily",
        ),
    ),
    Twin(
        "int_feature_breadth_daily",
        {
            "fct_subscriptions_daily": "account_id text, activity_date date",
            "fct_feature_usage_daily": USAGE,
            "int_account_entitlements": "account_id text, feature_id text, importance integer, "
            "first_date date, end_date date",
        },
        f"""
        with days as (select account_id, activity_date as date_day from fct_subscriptions_daily),
        judged as (
            select d.account_id, d.date_day, e.feature_id, e.importance, exists (
                from fct_feature_usage_daily u where u.core_event_count > 0
                and u.account_id = e.account_id and u.feature_id = e.feature_id
                and u.activity_date between d.date_day - 27 and d.date_day) as is_used
            from days d inner join int_account_entitlements e using (account_id)
            where {holds("e")}
        )
        select account_id, date_day, count(*) filter (where is_used), count(*),
            coalesce(sum(importance) filter (where is_used), 0)::double, sum(importance)::double
        from judged group by all
        """,
    ),
    Twin(
        "int_segment_tickets_daily",
        {
            "int_days_spined": DATES,
            "int_segment_activity_daily": "dimension text, segment text, activity_date date, "
            "account_count bigint, mau bigint",
            "int_segment_ticket_intervals": "dimension text, segment text, measure text, "
            "counted_from date, counted_to date, is_priced boolean",
        },
        """
        select d.dimension, d.segment, d.activity_date,
            count(*) filter (where s.measure = 'opened'),
            count(*) filter (where s.measure = 'opened' and s.is_priced),
            count(*) filter (where s.measure = 'reopened')
        from int_segment_activity_daily d
        inner join int_days_spined on d.activity_date = int_days_spined.date_day
        left join int_segment_ticket_intervals s on d.dimension = s.dimension
            and d.segment = s.segment and d.activity_date >= s.counted_from
            and d.activity_date < s.counted_to
        group by all
        """,
        shown="select dimension, segment, activity_date, coalesce(opened_ticket_count, 0), "
        "coalesce(opened_priced_ticket_count, 0), coalesce(reopened_ticket_count, 0) from {table}",
    ),
]
