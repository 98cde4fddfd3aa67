; What can be selected and jumped between: items as functions, contracts as classes, and what stands in their blocks.

[
  (contract body: (_) @class.inside)
  (library body: (_) @class.inside)
  (amendment body: (_) @class.inside)
] @class.around

[
  ; (written from the catalogue of clauses)
  (adjust)
  (at_risk)
  (awards)
  (bonus)
  (charge)
  (commitment)
  (credit)
  (holdback)
  (index)
  (input)
  (let)
  (limit)
  (maximum)
  (metric)
  (minimum)
  (notice)
  (only)
  (partnership)
  (points)
  (retention_bonus)
  (scorecard)
  (service_level)
  (share_currency)
  (share_gain)
  (tax)
  ; (to here)
] @function.around

(metric body: (_) @function.inside)
(service_level body: (_) @function.inside)
(scorecard body: (_) @function.inside)
(partnership body: (_) @function.inside)

(scenario) @test.around
(scenario body: (_) @test.inside)

(band) @entry.around
(tier) @entry.around
(comment) @comment.inside
(comment)+ @comment.around
