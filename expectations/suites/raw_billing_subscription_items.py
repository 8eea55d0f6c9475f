"""Expectations for ``raw.billing_subscription_items``.

Are these prices?
"""

from great_expectations import expectations as gxe

# Worth a tenth of a euro or more for decades; ten millions of rupiah are EUR 560.
LARGE_UNITS = "('EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SGD', 'DKK', 'PLN', 'BRL', 'CNY')"

TABLE = "raw.billing_subscription_items"

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="unit_amount_minor",
        min_value=0,
        mostly=0.99,
        notes="A price below nothing is a credit note; most prices are none.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select currency from {{batch}}
            where upper(currency) in {LARGE_UNITS} and unit_amount_minor is not null
            group by currency
            having count(*) >= 10 and median(unit_amount_minor) > 1_000_000_000
        """,
        description="the usual price of a seat is at most ten millions of a large currency",
        notes="Prices are in another unit than minor ones, and so is all revenue.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="discount_pct",
        min_value=0,
        max_value=100,
        mostly=0.99,
        notes="More than the whole price off, or a surcharge, is an amount read as a share.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(unit_amount_minor) >= 20 and max(unit_amount_minor) <= 0
        """,
        description="where prices are told, somebody pays something",
        severity="warning",
        notes="Everything is free, or the price is in another column.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 20 and count(*) filter (quantity > 10000) > count(*) / 2
        """,
        description="at most half of the items have more than 10,000 seats",
        severity="warning",
        notes="An amount of money in the column of seats.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="valid_to",
        column_B="valid_from",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        mostly=0.98,
        severity="warning",
        notes="A state that ends before it begins holds on no day; its revenue would be missing.",
    ),
]
