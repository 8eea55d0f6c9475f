{#- Intervals for figures of many snapshots of the same accounts, which depend on each other: the accounts are the
    independent units. `part` and `whole` are sums of one account, the others the sums of all. -#}

{#- What one account adds to the error of a ratio of two sums (linearised, Cochran 1977, 6.4). -#}
{% macro ratio_influence(part, whole, all_parts, all_wholes) -%}
    (cast({{ part }} as double) - {{ all_parts }} / {{ all_wholes }} * cast({{ whole }} as double)) / {{ all_wholes }}
{%- endmacro %}


{#- What one account adds to the error of an AUC: its placements among the others (Obuchowski 1997; DeLong and others
    1988 where every account has one row). `wins` are the shares of stays that look better than its events, summed,
    `losses` the shares of events that look worse than its stays. -#}
{% macro area_influence(wins, losses, events, stays, area, all_events, all_stays) -%}
    (cast({{ wins }} as double) - {{ area }} * cast({{ events }} as double)) / {{ all_events }}
    + (cast({{ losses }} as double) - {{ area }} * cast({{ stays }} as double)) / {{ all_stays }}
{%- endmacro %}


{#- Variance of a figure from the influences of all accounts, one row each. A sum of decimals does not depend on the
    order of adding, so the same rows give the same bits. -#}
{% macro clustered_variance(influence) -%}
    cast(sum(cast({{ influence }} * {{ influence }} as decimal(38, 24))) as double) * count(*) / nullif(count(*) - 1, 0)
{%- endmacro %}


{#- One end (side -1 or 1) of the Wilson interval with the number of independent trials that would have the same variance.
    Where all accounts agree there is no variance to go by, and each account is one trial. -#}
{% macro clustered_wilson_bound(share, variance, row_count, cluster_count, side) -%}
    {%- set trials -%}
        (case
            when {{ share }} > 0 and {{ share }} < 1 and {{ variance }} > 0
                then least({{ share }} * (1 - {{ share }}) / {{ variance }}, {{ row_count }})
            else {{ cluster_count }}
        end)
    {%- endset -%}
    {{ wilson_bound(share, 'cast(nullif(' ~ trials ~ ', 0) as double)', side) }}
{%- endmacro %}


{#- One end (side -1 or 1) of the 95 % interval of an AUC, on the scale of log odds, so that it cannot leave 0 to 1. -#}
{% macro area_bound(area, variance, side) -%}
    case
        when {{ area }} > 0 and {{ area }} < 1
            then 1 / (1 + exp(
                -ln({{ area }} / (1 - {{ area }}))
                - {{ side }} * {{ half_width_95() }} * sqrt({{ variance }}) / ({{ area }} * (1 - {{ area }}))
            ))
    end
{%- endmacro %}


{#- The part of rows of equal value that falls among the first so many: all, none, or as much as there is room for. -#}
{% macro share_among_first(wanted, up_to, equal) -%}
    least(greatest(({{ wanted }} - cast({{ up_to }} - {{ equal }} as double)) / nullif(cast({{ equal }} as double), 0), 0), 1)
{%- endmacro %}
