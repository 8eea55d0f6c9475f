{#- How much is at stake where somebody is looked at: monthly revenue times the points that the score is short of 100, as a
    double. What is not known of an account counts as the median of the others in `among` (partition by …; nothing for all),
    as zero would put it last and a score of zero first; what is known of nobody decides nothing. -#}
{% macro weight_of_attention(mrr, health_score, among='') -%}
coalesce({{ mrr }}, median({{ mrr }}) over ({{ among }}), 1)
        * (100 - coalesce({{ health_score }}, median({{ health_score }}) over ({{ among }}), 0))
{%- endmacro %}
