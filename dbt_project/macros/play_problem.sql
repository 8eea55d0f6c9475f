{#- What is wrong with a row of the seed playbooks and what to do, in a sentence; null where nothing is. -#}
{% macro play_problem() -%}
    case
        when triggers.trigger_kind is null then
            'The play ' || playbooks.play || ' asks for the trigger ' || coalesce(playbooks.trigger_kind, '(none)')
            || ', which does not exist, so it is left out. Expected one of the seed play_triggers.'
        when playbooks.holdout_share is null or playbooks.holdout_share < 0 or playbooks.holdout_share > 1 then
            'The play ' || playbooks.play || ' has a holdout share of '
            || coalesce(cast(playbooks.holdout_share as string), '(none)')
            || ', so it is left out. Expected a share from 0 to below 1, 0.2 for example.'
        when playbooks.holdout_share = 1 then
            'The play ' || playbooks.play || ' has a holdout share of 1, so nobody would ever be offered it, and it is '
            || 'left out. Expected a share below 1, 0.2 for example; to end a play, fill valid_to.'
        when coalesce(playbooks.minutes, 0) <= 0 or coalesce(playbooks.due_in_days, -1) < 0 then
            'The play ' || playbooks.play || ' says ' || coalesce(cast(playbooks.minutes as string), 'nothing')
            || ' for its minutes and ' || coalesce(cast(playbooks.due_in_days as string), 'nothing')
            || ' for due_in_days, so it is left out. Expected minutes above 0, and 0 days or more.'
        when playbooks.owner_role is null or playbooks.priority is null then
            'The play ' || playbooks.play || ' says nothing for owner_role or priority, so it is left out. Expected csm '
            || 'or the name of a team, and a whole number.'
        when playbooks.holdout_share = 0 then
            'The play ' || playbooks.play || ' holds nobody out (a share of 0): it is offered to all who are due, and '
            || 'whether it helps cannot be known. Give it a share, 0.1 for example, if that matters.'
        when coalesce(playbooks.primary_outcome, '') not in ('churn', 'usage') then
            'The play ' || playbooks.play || ' names the outcome ' || coalesce(playbooks.primary_outcome, '(none)')
            || ', which nobody measures, so churn is taken. Expected churn or usage.'
    end
{%- endmacro %}
