{{ config(materialized='ephemeral') }}

with

spells as (select * from {{ ref('int_paid_spells_merged') }}),

subscriptions as (select * from {{ ref('int_paid_subscriptions_dated') }}),

of_spells as (
    select
        spells.account_id,
        spells.spell_number,
        spells.spell_start,
        spells.spell_end,
        spells.is_completed,
        subscriptions.subscription_id,
        subscriptions.term_months,
        subscriptions.end_date,
        subscriptions.renews
    from spells
    inner join subscriptions
        on
            spells.account_id = subscriptions.account_id
            and spells.spell_start <= subscriptions.paid_from
            and spells.spell_end > subscriptions.paid_from
),

lasting as (
    select
        account_id,
        spell_number,
        max_by(term_months, cast(end_date as string) || subscription_id) as term_months,
        max_by(renews, cast(end_date as string) || subscription_id) as renews
    from of_spells
    group by account_id, spell_number
),

others as (
    select
        of_spells.account_id,
        of_spells.spell_number,
        max(of_spells.end_date) as end_date
    from of_spells
    inner join lasting using (account_id, spell_number)
    where of_spells.term_months != lasting.term_months
    group by of_spells.account_id, of_spells.spell_number
)

-- Who changes from months to years has not left, but begins to renew by another measure. Where two measures run on
-- beside each other there is none.
select
    spells.account_id,
    spells.spell_number,
    lasting.term_months,
    spells.spell_start as began_on,
    greatest(spells.spell_start, coalesce(others.end_date, spells.spell_start)) as run_start,
    spells.spell_end,
    spells.is_completed,
    lasting.renews,
    coalesce(others.end_date >= spells.spell_end, false) as is_mixed
from spells
inner join lasting using (account_id, spell_number)
left join others using (account_id, spell_number)
