; What the outline shows: contracts, their items with names, and their scenarios.

(contract
  "contract" @context
  name: (identifier) @name) @item

(library
  "library" @context
  name: (identifier) @name) @item

(amendment
  "amendment" @context
  name: (identifier) @name) @item

; (written from the catalogue of clauses)
(unit_item
  "unit" @context
  name: (identifier) @name) @item

(dimension
  "dimension" @context
  name: (identifier) @name) @item

(objective
  "objective" @context
  name: (identifier) @name) @item

(records
  "records" @context
  name: (identifier) @name) @item

(input
  "input" @context
  name: (identifier) @name) @item

(metric
  "metric" @context
  name: (identifier) @name) @item

(let
  "let" @context
  name: (identifier) @name) @item

(charge
  "charge" @context
  name: (identifier) @name) @item

(scorecard
  "scorecard" @context
  name: (identifier) @name) @item

(service_level
  "service level" @context
  name: (identifier) @name) @item

(points
  "points" @context
  name: (identifier) @name) @item

(at_risk
  "at risk" @context
  name: (identifier) @name) @item

(credit
  "credit" @context
  name: (identifier) @name) @item

(bonus
  "bonus" @context
  name: (identifier) @name) @item

(retention_bonus
  "retention bonus" @context
  name: (identifier) @name) @item

(commitment
  "commitment" @context
  name: (identifier) @name) @item

(holdback
  "holdback" @context
  name: (identifier) @name) @item

(share_gain
  "share gain" @context
  name: (identifier) @name) @item

(tax
  "tax" @context
  name: (identifier) @name) @item

(notice
  "notice" @context
  name: (identifier) @name) @item
; (to here)

(scenario
  "scenario" @context
  name: (string) @name) @item

(partnership
  kind: _ @name) @item
