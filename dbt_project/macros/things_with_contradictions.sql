{#- The landed tables whose states and times can disagree, with the model that decides which to take: its column
    `contradiction` says what disagreed and what was taken, NULL where all agree. -#}
{% macro things_with_contradictions() %}
    {{ return([
    ]) }}
{% endmacro %}
