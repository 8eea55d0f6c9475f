{#- By how much a metric strays by chance alone, as a standard deviation, because it counts things: a floor for what is
    called unusual. Zero where chance has no such measure (money, waiting times). The query holds `points` and `catalogue`.
    A share strays as a binomial one of as many things as it rests on; Agresti and Coull (1998) add two successes and two
    failures, so that of a share that was always zero one failure of five is chance and fourteen of 28 are not. A count
    strays as Poisson's does, by its square root: of the smaller of the two values and one more, so that neither nothing
    where there was always something, nor the first of its kind, measures itself. -#}
{% macro counting_noise(usual_value) -%}
{%- set expected -%}
(least(greatest({{ usual_value }}, 0), 1) * points.sample_size + 2) / (points.sample_size + 4)
{%- endset -%}
{%- set smaller -%}
greatest(least({{ usual_value }}, points.metric_value), 0)
{%- endset -%}
case
    when catalogue.unit = 'share' and points.denominator > 0
        then sqrt({{ expected }} * (1 - {{ expected }}) / (points.sample_size + 4))
    when
        catalogue.kind = 'count'
        and catalogue.unit in ('attempts', 'events', 'incidents', 'sessions', 'tickets', 'users')
        then sqrt({{ smaller }} + 1)
    when (catalogue.kind = 'count' and catalogue.unit = 'accounts') or catalogue.unit = 'times' then 1
    when
        catalogue.kind = 'ratio' and points.denominator > 0
        and (
            catalogue.unit in ('actions', 'minutes', 'orders')
            or catalogue.unit in ('errors per hour', 'events per user', 'logins per user', 'sessions per user')
        )
        then sqrt({{ smaller }} * points.denominator + 1) / points.denominator
    else 0
end
{%- endmacro %}
