{#- Every landed table, with the staged names of what identifies a row and of when it happened. A flow brings
    rows every month or so while the company lives; only a flow can go stale. A dense one is written by machines all the
    time: what lies before a silence of a year is of a wrong clock (`days_told`). A row of a state is revised as long as its
    thing lives, which `thing` identifies where the identity includes the revision; `dated` columns count from
    `revised_at` on, those `for_display` count on no past day, and times that look ahead (`looks_ahead`) count before
    they have come. Where the identity alone does not tell what is a duplicate, `redelivered` names the model that does.
    What `feeds_no_days` is read by lists of the last complete day alone, so no earlier day is built anew for it.
    Whoever adds a source table adds its line; a test compares this list with the sources' YAML. -#}
{% macro landed_tables() %}
    {{ return([
        {'system': 'product', 'table': 'events', 'identity': ['event_id'], 'happened_at': 'occurred_at', 'is_flow': true, 'redelivered': 'int_events_redelivered', 'is_dense': true},
        {'system': 'product', 'table': 'error_logs', 'identity': ['error_id'], 'happened_at': 'occurred_at', 'is_flow': true},
        {'system': 'product', 'table': 'performance_logs', 'identity': ['sample_id'], 'happened_at': 'measured_at', 'is_flow': true, 'is_dense': true},
        {'system': 'product', 'table': 'releases', 'identity': ['release_id'], 'happened_at': 'released_at'},
        {'system': 'product', 'table': 'integrations', 'identity': ['integration_id'], 'happened_at': 'connected_at', 'feeds_no_days': true},
        {'system': 'crm', 'table': 'accounts', 'identity': ['account_id', 'updated_at', 'valid_from'], 'happened_at': 'created_at', 'is_state': true,
         'thing': ['account_id'], 'revised_at': 'coalesce(valid_from, updated_at)',
         'dated': ['industry', 'country', 'region', 'size_band', 'age_band', 'plan_override', 'lifecycle_override'],
         'for_display': ['account_name', 'domain', 'owner_id', 'csm_id', 'updated_at', 'valid_to']},
        {'system': 'crm', 'table': 'users', 'identity': ['user_id'], 'happened_at': 'created_at', 'is_state': true},
        {'system': 'crm', 'table': 'account_users', 'identity': ['account_id', 'user_id', 'valid_from'], 'happened_at': 'valid_from', 'is_state': true},
        {'system': 'crm', 'table': 'interventions', 'identity': ['intervention_id'], 'happened_at': 'started_at', 'is_state': true},
        {'system': 'crm', 'table': 'engagement_touchpoints', 'identity': ['touch_id'], 'happened_at': 'touched_at', 'is_flow': true},
        {'system': 'crm', 'table': 'csm_sentiment', 'identity': ['account_id', 'set_at'], 'happened_at': 'set_at'},
        {'system': 'crm', 'table': 'account_keys', 'identity': ['key_system', 'foreign_key', 'account_id', 'valid_from'], 'happened_at': none, 'names_only': true},
        {'system': 'crm', 'table': 'opportunities', 'identity': ['opportunity_id'], 'happened_at': 'created_at', 'feeds_no_days': true},
        {'system': 'crm', 'table': 'contacts', 'identity': ['contact_id'], 'happened_at': 'created_at', 'feeds_no_days': true},
        {'system': 'crm', 'table': 'feature_requests', 'identity': ['request_id'], 'happened_at': 'requested_at', 'feeds_no_days': true},
        {'system': 'billing', 'table': 'subscriptions', 'identity': ['subscription_id'], 'happened_at': 'started_at', 'is_state': true,
         'looks_ahead': ['trial_ended_at', 'renewal_date']},
        {'system': 'billing', 'table': 'subscription_items', 'identity': ['subscription_item_id', 'valid_from'], 'happened_at': 'valid_from', 'is_state': true},
        {'system': 'billing', 'table': 'payments', 'identity': ['payment_id'], 'happened_at': 'attempted_at', 'is_flow': true},
        {'system': 'billing', 'table': 'transactions', 'identity': ['transaction_id'], 'happened_at': 'ordered_at'},
        {'system': 'billing', 'table': 'fx_rates', 'identity': ['rate_date', 'from_currency', 'to_currency'], 'happened_at': 'rate_date', 'is_flow': true},
        {'system': 'billing', 'table': 'usage', 'identity': ['account_id', 'meter', 'used_on'], 'happened_at': 'used_on', 'is_flow': true, 'feeds_no_days': true},
        {'system': 'billing', 'table': 'commitments', 'identity': ['commitment_id'], 'happened_at': 'starts_on', 'feeds_no_days': true},
        {'system': 'support', 'table': 'tickets', 'identity': ['ticket_id'], 'happened_at': 'created_at', 'is_flow': true},
        {'system': 'support', 'table': 'ticket_events', 'identity': ['ticket_id', 'changed_at', 'sequence_number', 'field'], 'happened_at': 'changed_at', 'is_flow': true, 'thing': ['ticket_id']},
        {'system': 'surveys', 'table': 'invites', 'identity': ['invite_id'], 'happened_at': 'sent_at', 'is_flow': true},
        {'system': 'surveys', 'table': 'responses', 'identity': ['response_id'], 'happened_at': 'responded_at', 'is_flow': true},
        {'system': 'status', 'table': 'components', 'identity': ['component_id'], 'happened_at': none},
        {'system': 'status', 'table': 'account_components', 'identity': ['account_id', 'component_id', 'valid_from'], 'happened_at': 'valid_from', 'is_state': true},
        {'system': 'status', 'table': 'incidents', 'identity': ['incident_id'], 'happened_at': 'started_at', 'is_state': true},
        {'system': 'status', 'table': 'incident_components', 'identity': ['incident_id', 'component_id', 'started_at'], 'happened_at': 'started_at', 'is_state': true},
        {'system': 'privacy', 'table': 'consent', 'identity': ['user_id', 'purpose', 'valid_from'], 'happened_at': 'valid_from'},
        {'system': 'privacy', 'table': 'erasure_requests', 'identity': ['request_id'], 'happened_at': 'requested_at'},
        {'system': 'catalogue', 'table': 'event_catalog', 'identity': ['event_name'], 'happened_at': none},
        {'system': 'catalogue', 'table': 'feature_catalog', 'identity': ['feature_id'], 'happened_at': none},
        {'system': 'catalogue', 'table': 'plans', 'identity': ['plan_id'], 'happened_at': none},
        {'system': 'catalogue', 'table': 'internal_marks', 'identity': ['mark_kind', 'mark'], 'happened_at': none},
        {'system': 'catalogue', 'table': 'onboarding_milestones', 'identity': ['milestone_id'], 'happened_at': none},
        {'system': 'catalogue', 'table': 'score_references', 'identity': ['component', 'segment', 'valid_from'], 'happened_at': none},
        {'system': 'catalogue', 'table': 'cut_points', 'identity': ['measure', 'part_number', 'valid_from'], 'happened_at': none},
        {'system': 'catalogue', 'table': 'words', 'identity': ['system', 'table_name', 'column_name', 'said'], 'happened_at': none},
    ]) }}
{% endmacro %}
