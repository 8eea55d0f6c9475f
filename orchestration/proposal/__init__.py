"""Weights and curves proposed from the customer's own past; nothing is applied by itself."""
