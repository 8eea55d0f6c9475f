{#- Exact distribution of Mann and Kendall's score without a trend: of n! orders of n points, how many have at least that
    score, either way. The numbers of orders by inversions follow from those for one point less (Kendall 1938). -#}
{% macro mann_kendall_tails(most_points=10) %}
    {%- set tails = [] -%}
    {%- set state = namespace(orders=[1], total=1) -%}
    {%- for point_count in range(2, most_points + 1) -%}
        {%- set most = point_count * (point_count - 1) // 2 -%}
        {%- set orders = [] -%}
        {%- for inversions in range(most + 1) -%}
            {%- set from_inversions = [0, inversions - point_count + 1] | max -%}
            {%- do orders.append(state.orders[from_inversions:inversions + 1] | sum) -%}
        {%- endfor -%}
        {%- set state.orders = orders -%}
        {%- set state.total = state.total * point_count -%}
        {%- for score in range(most + 1) -%}
            {%- set reached = namespace(orders=0) -%}
            {%- for inversions in range(most + 1) -%}
                {%- if (most - 2 * inversions) | abs >= score -%}
                    {%- set reached.orders = reached.orders + orders[inversions] -%}
                {%- endif -%}
            {%- endfor -%}
            {%- do tails.append({'point_count': point_count, 'score': score, 'orders': reached.orders, 'total': state.total}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(tails) }}
{% endmacro %}
