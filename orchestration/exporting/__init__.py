"""Published reports as files for people and programs: a workbook, and a brief of each account.

What is not here: CSV and Parquet, which ``assets.exports`` writes.
"""
