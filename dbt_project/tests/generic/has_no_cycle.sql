{#- Passes when nobody stands `levels` above somebody: where what is above leads back, everybody in the circle does, however
    long it is, and no group of companies is so deep. The sets only shrink, so it costs one small join a level. -#}
{% test has_no_cycle(model, column_name, key, levels=20) %}

with

links as (
    select
        {{ key }} as lower_id,
        {{ column_name }} as upper_id
    from {{ model }}
    where {{ column_name }} is not null
),

above_1 as (select distinct upper_id from links),

{% for level in range(2, levels + 1) -%}
above_{{ level }} as (
    select distinct links.upper_id
    from links
    inner join above_{{ level - 1 }} on links.lower_id = above_{{ level - 1 }}.upper_id
),

{% endfor -%}
circled as (select upper_id as {{ key }} from above_{{ levels }})

select * from {{ model }}
where {{ key }} in (select {{ key }} from circled)

{% endtest %}
