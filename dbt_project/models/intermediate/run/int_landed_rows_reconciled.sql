{% for landed in landed_tables() %}
-- One pass: every identity of a row with the number of rows that carry it.
    select
        '{{ landed.system }}' as system,
        '{{ landed.table }}' as table_name,
        coalesce(sum(row_count), 0) as rows_loaded,
        coalesce(sum(row_count) filter (where is_rejected), 0) as rejected,
        coalesce(sum(row_count) filter (where not is_rejected and is_later), 0) as later_than_as_of,
        {%- if landed.redelivered %}
        coalesce(sum(row_count) filter (where not is_rejected and not is_later), 0)
        - (select count(*) from {{ ref(landed.redelivered) }} where is_redelivery) as rows_kept
        {%- else %}
        coalesce(
            sum(case when is_unnamed then row_count else 1 end) filter (where not is_rejected and not is_later), 0
        ) as rows_kept
        {%- endif %}
    from (
        select
            {%- if not landed.redelivered %}
            {{ landed.identity | join(', ') }},
            {%- endif %}
            rejection_reason is not null as is_rejected,
            {{ 'not (' ~ happened_by_as_of(landed.happened_at) ~ ')' if landed.happened_at else 'false' }} as is_later,
            {{ landed.identity[0] }} is null as is_unnamed,
            count(*) as row_count
        {%- set staged = 'stg_' ~ landed.system ~ '__' ~ landed.table %}
        from {{ with_known_accounts(staged) if landed.identity[0] == 'account_id' and landed.table != 'accounts' else ref(staged) }}
        group by all
    )
    {% if not loop.last %}union all{% endif %}
{% endfor %}
