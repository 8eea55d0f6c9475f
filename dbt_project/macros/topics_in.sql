{#- The topic of each row of a step that tells none itself, by the words of the step `topic_words` that its text holds: the topic
    of which it holds the most, the first by name where two are equal. The text stays where it is. -#}
{% macro topics_in(rows, text) -%}
    select
        _load_id,
        _file,
        _line,
        found_topic
    from (
        select
            said._load_id,
            said._file,
            said._line,
            topic_words.topic as found_topic,
            count(*) as word_count
        from {{ rows }} as said
        inner join topic_words on ' ' || lower(said.{{ text }}) like '% ' || topic_words.word || '%'
        where said.topic is null
        group by said._load_id, said._file, said._line, topic_words.topic
    ) as found
    qualify row_number() over (partition by _load_id, _file, _line order by word_count desc, found_topic) = 1
{%- endmacro %}
