with

surveys as (
    select
        *,
        -- A mark of effort on another scale is carried over to 1 to 7.
        round(
            1 + 6.0 * (score - coalesce(scale_minimum, 1)) / (coalesce(scale_maximum, 7) - coalesce(scale_minimum, 1))
        ) as effort_mark
    from {{ ref('fct_surveys') }}
    where score is not null
),

invites as (select * from {{ ref('fct_survey_invites') }}),

-- A person speaks once a wave: the next NPS answer replaces the one before. Who is not known is another each time.
answers as (
    select
        *,
        case
            when survey_type = 'nps'
                then lead(response_date) over (
                    partition by survey_type, account_id, coalesce(user_id, response_id)
                    order by responded_at, response_id
                )
        end as replaced_date
    from surveys
),

measures as (
    {% for measure, survey_type, amount in [
        ('nps_answers', 'nps', '1'),
        ('nps_promoters', 'nps', 'cast(is_positive as integer)'),
        ('nps_detractors', 'nps', 'cast(is_detractor as integer)'),
        ('csat_answers', 'csat', '1'),
        ('csat_positive', 'csat', 'cast(is_positive as integer)'),
        ('ces_answers', 'ces', '1'),
        ('ces_easy', 'ces', 'cast(is_positive as integer)'),
        ('ces_sum', 'ces', 'effort_mark'),
        ('ces_square_sum', 'ces', 'effort_mark * effort_mark'),
    ] %}
        select
            response_id as answer_or_invite_id,
            '{{ measure }}' as measure,
            account_id,
            response_date as placed_date,
            topic,
            response_date as counted_from,
            least(response_date + 90, coalesce(replaced_date, response_date + 90)) as counted_to,
            {{ amount }} as amount
        from answers
        where survey_type = '{{ survey_type }}'
        union all
    {% endfor %}
    {#- An invitation counts when its answer is in or will not come: before, a new wave would look ignored. #}
    {%- set answer_days = var('survey_answer_days') %}
    {% for measure, date_column, condition in [
        ('invites_delivered', 'delivered_date', 'true'),
        ('invites_completed', 'completed_date', 'true'),
        ('nps_invites_delivered', 'delivered_date', "survey_type = 'nps'"),
        ('nps_invites_completed', 'completed_date', "survey_type = 'nps'"),
    ] %}
        select
            invite_id as answer_or_invite_id,
            '{{ measure }}' as measure,
            account_id,
            sent_date as placed_date,
            cast(null as string) as topic,
            sent_date + {{ answer_days }} as counted_from,
            sent_date + {{ answer_days }} + 90 as counted_to,
            1 as amount
        from invites
        where {{ date_column }} <= sent_date + {{ answer_days }} and {{ condition }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

-- A interval that ends where it begins, as of an answer corrected on the same day, never counts.
select
    answer_or_invite_id,
    measure,
    account_id,
    placed_date,
    topic,
    counted_from,
    counted_to,
    cast(amount as bigint) as amount
from measures
where counted_from < counted_to and amount != 0
