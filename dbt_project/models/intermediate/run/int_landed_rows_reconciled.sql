{% for landed in landed_tables() %}
-- One pass: every identity of a row with the number of rows that carry it.
    select
        '{{ landed.system }}' as system,
        '{{ landed.table }}' as table_name,
        coalesce(sum(row_count), 0) as rows_loaded,
        coalesce(sum(row_count) filter (where is_rejected), 0) as rejected,
        coalesce(sum(row_count) filter (where not is_rejected and is_later), 0) as later_than_as_of,
        {{ rows_kept(landed) }} as rows_kept
    from (
        select
            {{ counted_identity(landed) }},
            rejection_reason is not null as is_rejected,
            {{ 'not (' ~ happened_by_as_of(landed.happened_at) ~ ')' if landed.happened_at else 'false' }} as is_later,
            {{ landed.identity[0] }} is null as is_unnamed,
            count(*) as row_count
        from {{ rows_to_count(landed) }}
        group by all
    )
    {% if not loop.last %}union all{% endif %}
{% endfor %}
