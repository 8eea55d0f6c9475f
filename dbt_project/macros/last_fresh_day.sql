{#- The day as of which a silent source is believed: the last one on which it was not stale yet. Its last word lies some
    days before, and going back to it would give the points of these days again to whoever did nothing. -#}
{% macro last_fresh_day() -%}
coalesce(max(case when not is_stale then date_day end) over (partition by source order by date_day), fresh_on)
{%- endmacro %}
