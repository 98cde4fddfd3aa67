; What can be selected and jumped between: items as functions, contracts as classes, and what stands in their blocks.

[
  (contract body: (_) @class.inside)
  (library body: (_) @class.inside)
  (amendment body: (_) @class.inside)
] @class.around

[
  (input)
  (let)
  (charge)
  (metric)
  (scorecard)
  (adjust)
  (service_level)
  (points)
  (at_risk)
  (credit)
  (bonus)
  (limit)
  (index)
  (share_currency)
  (share_gain)
  (commitment)
  (holdback)
  (tax)
  (notice)
  (partnership)
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
