"""What customer systems are told: scores and dates of accounts that they hold already.

``field_map`` reads which column goes where, ``wanted`` what each field should be, ``choice`` which
of them are to be sent, ``hubspot`` and ``salesforce`` how, ``book`` what was answered, ``push``
does it in that order. Nothing is ever created there.
"""
