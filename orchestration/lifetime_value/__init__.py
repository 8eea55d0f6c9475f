"""What a customer is worth: models of how long customers stay and how often they order.

Customers with a contract: a shifted beta-geometric for each group of them
(``shifted_beta_geometric``). Customers without: how often they order (``order_frequency``) and
how much (``order_size``). ``fitting`` reads what the models need out of the warehouse and fits;
``book`` keeps the parameters where dbt reads them. What is not here: the value of an account,
which SQL works out from the parameters (``fct_account_lifetime_value``).
"""
