; Every block can be folded.

[
  (items)
  (changes)
  (members)
  (objective_body)
  (records_body)
  (metric_body)
  (scorecard_body)
  (card)
  (baseline_block)
  (tier_list)
  (service_level_body)
  (index_body)
  (share_currency_body)
  (share_gain_body)
  (pool)
  (allocations)
  (points_body)
  (facts)
  (scenario_body)
  (bands)
] @fold
