{#- The landed tables whose states and times can disagree, with the model that decides which to take: its column
    `contradiction` says what disagreed and what was taken, NULL where all agree. -#}
{% macro things_with_contradictions() %}
    {{ return([
        {'system': 'billing', 'table': 'subscriptions', 'model': 'int_subscriptions_deduplicated'},
        {'system': 'billing', 'table': 'subscription_items', 'model': 'int_subscription_items_deduplicated'},
        {'system': 'billing', 'table': 'payments', 'model': 'int_payments_deduplicated'},
    ]) }}
{% endmacro %}
