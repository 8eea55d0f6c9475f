with

events as (select * from {{ ref('stg_product__events') }} where rejection_reason is null),

event_kinds as (select * from {{ ref('int_event_kinds_catalogued') }}),

features as (select * from {{ ref('int_features_catalogued') }}),

named as (
    select
        event_name,
        feature_id,
        min(occurred_at) as first_at
    from events
    group by event_name, feature_id
),

named_words as (
    select
        'event' as kind,
        event_name as word,
        first_at
    from named
    union all
    select
        'feature' as kind,
        feature_id as word,
        first_at
    from named
    union all
    select
        'feature' as kind,
        feature_id as word,
        cast(null as timestamp) as first_at
    from event_kinds
),

said as (
    select
        kind,
        word,
        {{ folded_spelling('word') }} as folded_word,
        min(first_at) as first_at
    from named_words
    where word is not null
    group by kind, word
),

catalogued as (
    select
        'event' as kind,
        event_name as word
    from event_kinds
    union all
    select
        'feature' as kind,
        feature_id as word
    from features
),

recognised as (
    select
        kind,
        {{ folded_spelling('word') }} as folded_word,
        case when count(*) = 1 then min(word) end as word
    from catalogued
    group by kind, {{ folded_spelling('word') }}
),

-- Exact first, then without capitals where the catalogue has one only; else as it was spelled first.
compared as (
    select
        said.kind,
        said.word as said_word,
        coalesce(
            catalogued.word,
            case
                when recognised.folded_word is null
                    then {{ one_spelling('said.word', 'said.first_at', within=['said.kind']) }}
                else recognised.word
            end
        ) as word
    from said
    left join catalogued on said.kind = catalogued.kind and said.word = catalogued.word
    left join recognised on said.kind = recognised.kind and said.folded_word = recognised.folded_word
)

select
    kind,
    said_word,
    word
from compared
where word != said_word
