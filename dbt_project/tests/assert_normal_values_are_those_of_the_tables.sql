{{ config(tags=['formula']) }}

{#- 0.05 at 1.959964 and 0.01 at 2.575829; Fisher's interval of 0.5 among 103 pairs by hand. -#}
with

computed as (
    select 'two-sided 5 %' as what, {{ two_sided_p('1.959964') }} as computed, 0.05 as expected
    union all select 'two-sided 1 %', {{ two_sided_p('-2.5758293') }}, 0.01
    union all select 'two-sided, no distance', {{ two_sided_p('0.0') }}, 1
    union all select 'lower end', {{ spearman_bound('0.5', '103', -1) }}, 0.3341703
    union all select 'upper end', {{ spearman_bound('0.5', '103', 1) }}, 0.6358028
)

select * from computed
where abs(computed - expected) > 0.000001
