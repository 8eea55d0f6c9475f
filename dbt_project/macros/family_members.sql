{#- The members of a family (metric, component, condition) in the order of their list in dbt_project.yml, each as a dictionary:
    `name`, `folder` and all that the meta of its YAML entry says of it. A member is a file `<family>_<name>.sql`, an entry with
    the meta that the family requires and a line in the list: where one is missing the project does not compile, and says which.
    A listed name without a file, and an entry without one, dbt refuses itself. dbt knows the graph only when it executes. -#}
{% macro family_members(family, variable, names, required_meta=[]) %}
    {%- set members = [] -%}
    {%- for name in names -%}
        {%- if not execute -%}
            {%- do members.append({'name': name}) -%}
        {%- else -%}
            {%- set model = graph.nodes['model.customer_health.' ~ family ~ '_' ~ name] -%}
            {%- if not model.patch_path -%}
                {{ exceptions.raise_compiler_error(
                    model.original_file_path ~ ' has no entry in the YAML of its folder: add `- name: ' ~ model.name ~ '` there.'
                ) }}
            {%- endif -%}
            {%- for key in required_meta if key not in model.config.meta -%}
                {{ exceptions.raise_compiler_error(
                    'The entry of ' ~ model.name ~ ' in ' ~ model.patch_path.split('://') | last ~ ' has no `' ~ key
                    ~ '` in its meta; a ' ~ family ~ ' needs ' ~ required_meta | join(', ') ~ '.'
                ) }}
            {%- endfor -%}
            {%- do members.append(dict(model.config.meta, name=name, folder=model.fqn[-2])) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if execute -%}
        {%- for model in graph.nodes.values() if model.resource_type == 'model' and model.name.startswith(family ~ '_') -%}
            {%- if model.name[family | length + 1:] not in names -%}
                {{ exceptions.raise_compiler_error(
                    model.original_file_path ~ ' is not in the list `' ~ variable ~ '` of dbt_project.yml, so nothing reads it: add '
                    ~ model.name[family | length + 1:] ~ ' to the list, or take the prefix `' ~ family ~ '_` from the file.'
                ) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(members) }}
{% endmacro %}
