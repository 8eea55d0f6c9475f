{{ weekly_values([
    'feat_adopt_user_28d', 'feat_breadth_28d', 'feat_depth_28d', 'product_adoption_rate',
], has_interval=false) }}
