with

words as (select * from {{ ref('stg_run__known_words') }}),

said as (
    {{ words_that_are_not_canonical() }}
),

named as (
    select
        *,
        {{ folded_word('word') }} as folded_word
    from said
),

-- Some words say that nothing is told; they are no words that somebody should explain.
unknown as (
    select named.*
    from named
    left join words using (subject, folded_word)
    where
        words.means is null
        and named.folded_word not in (
            '', 'unknown', 'none', 'null', 'nil', 'na', 'nan', 'undefined', 'notset', 'empty', 'blank'
        )
)

select
    system,
    table_name,
    column_name,
    word,
    sum(row_count) as row_count,
    min(landed_file) as landed_file,
    min_by(landed_line, landed_file) as landed_line
from unknown
group by system, table_name, column_name, word
