"""Assets in the order of the data: raw, models, published, exports, reports."""
