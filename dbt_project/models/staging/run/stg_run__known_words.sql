{{ config(materialized='table') }}

with

landed as (
    select
        system || '.' || table_name || '.' || column_name as subject,
        said,
        means
    from {{ ref('stg_catalogue__words') }}
    where rejection_reason is null
),

seeded as (select * from {{ ref('source_words') }}),

-- The canonical words in any spelling, as the contract lists them.
canonical as (
    {{ canonical_words() }}
),

-- Some columns take words of the company's own: nothing is decided by a word that no model knows.
accepted as (
    select * from canonical
    union
    select
        subject,
        means as word
    from landed
    where subject in ({{ columns_of_own_words() }})
),

said as (
    select
        subject,
        said as word,
        means,
        0 as rank
    from landed
    union all
    select
        subject,
        word,
        word as means,
        1 as rank
    from canonical
    union all
    select
        system || '.' || table_name || '.' || column_name as subject,
        said as word,
        means,
        2 as rank
    from seeded
),

-- What a company says of its own words goes first; a meaning that the contract does not know is none.
ranked as (
    select
        said.subject,
        {{ folded_word('said.word') }} as folded_word,
        said.means,
        row_number() over (
            partition by said.subject, {{ folded_word('said.word') }}
            order by said.rank, said.means
        ) as place
    from said
    inner join accepted on said.subject = accepted.subject and said.means = accepted.word
)

select
    subject,
    folded_word,
    means
from ranked
where place = 1
