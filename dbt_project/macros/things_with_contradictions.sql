{#- The landed tables whose states and times can disagree, with the model that decides which to take: its column
    `contradiction` says what disagreed and what was taken, NULL where all agree. -#}
{% macro things_with_contradictions() %}
    {{ return([
        {'system': 'billing', 'table': 'subscriptions', 'model': 'int_subscriptions_deduplicated'},
        {'system': 'billing', 'table': 'subscription_items', 'model': 'int_subscription_items_deduplicated'},
        {'system': 'billing', 'table': 'payments', 'model': 'int_payments_deduplicated'},
        {'system': 'crm', 'table': 'accounts', 'model': 'int_accounts_deduplicated'},
        {'system': 'status', 'table': 'incidents', 'model': 'int_incidents_deduplicated'},
        {'system': 'status', 'table': 'incident_components', 'model': 'int_component_outages_deduplicated'},
        {'system': 'support', 'table': 'tickets', 'model': 'int_tickets_deduplicated'},
        {'system': 'surveys', 'table': 'responses', 'model': 'int_survey_responses_deduplicated'},
    ]) }}
{% endmacro %}


{#- The landed tables whose rows may name a person only, with the model that finds the account: its column
    `account_found_by` says how. -#}
{% macro things_given_to_accounts() %}
    {{ return([
        {'system': 'billing', 'table': 'transactions', 'model': 'int_transactions_deduplicated'},
        {'system': 'crm', 'table': 'engagement_touchpoints', 'model': 'int_touchpoints_deduplicated'},
        {'system': 'crm', 'table': 'interventions', 'model': 'int_interventions_deduplicated'},
        {'system': 'support', 'table': 'tickets', 'model': 'int_tickets_deduplicated'},
        {'system': 'surveys', 'table': 'invites', 'model': 'int_survey_invites_deduplicated'},
        {'system': 'surveys', 'table': 'responses', 'model': 'int_survey_responses_deduplicated'},
    ]) }}
{% endmacro %}
