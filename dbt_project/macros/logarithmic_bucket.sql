{#- Number of the bucket, two per cent wide, in which a value lies. What is below a microsecond counts as one. -#}
{% macro logarithmic_bucket(value) -%}
    cast(floor(ln(greatest({{ value }}, 0.000001)) / ln(1.02)) as integer)
{%- endmacro %}


{#- Geometric middle of a bucket: at most one per cent away from every value in it. -#}
{% macro bucket_middle(bucket) -%}
    power(1.02, {{ bucket }} + 0.5)
{%- endmacro %}
