{#- The segment in which something that ran on a platform counts: that of its account, but by platform its own. Every
    customer has one row of each dimension, so the rows of the dimension platform stand for all customers. -#}
{% macro segment_of_session(platform) -%}
    case when segments.dimension = 'platform' then {{ platform }} else segments.segment end
{%- endmacro %}
