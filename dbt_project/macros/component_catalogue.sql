{#- The components in the order of dbt_project.yml, each with what the meta of its entry says of it and all the sources that it
    needs: `source` is what it is measured from, which must have been told for `covered_days`; `needs` what must be there beside
    it; `as_of` the column with the day that the value speaks of, where that is not the day of the score: what is known of the
    use of an account stands as of its last active day. -#}
{% macro component_catalogue() %}
    {%- set catalogue = [] -%}
    {%- for about in family_members(
        'component', 'health_components', var('health_components'), ['source', 'covered_days']
    ) -%}
        {%- do catalogue.append(dict(about, sources=[about.source] + about.get('needs', []))) -%}
    {%- endfor -%}
    {{ return(catalogue) }}
{% endmacro %}
