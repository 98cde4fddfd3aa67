; The names that a file declares, for indexes and outlines.

(contract
  name: (identifier) @name) @definition.module

(library
  name: (identifier) @name) @definition.module

(amendment
  name: (identifier) @name) @definition.module

; (written from the catalogue of clauses)
(unit_item
  name: (identifier) @name) @definition.type

(dimension
  name: (identifier) @name) @definition.type

(objective
  name: (identifier) @name) @definition.constant

(records
  name: (identifier) @name) @definition.type

(input
  name: (identifier) @name) @definition.constant

(metric
  name: (identifier) @name) @definition.function

(let
  name: (identifier) @name) @definition.constant

(charge
  name: (identifier) @name) @definition.method

(scorecard
  name: (identifier) @name) @definition.function

(service_level
  name: (identifier) @name) @definition.method

(points
  name: (identifier) @name) @definition.method

(at_risk
  name: (identifier) @name) @definition.method

(credit
  name: (identifier) @name) @definition.method

(bonus
  name: (identifier) @name) @definition.method

(retention_bonus
  name: (identifier) @name) @definition.method

(commitment
  name: (identifier) @name) @definition.method

(holdback
  name: (identifier) @name) @definition.method

(share_gain
  name: (identifier) @name) @definition.method

(tax
  name: (identifier) @name) @definition.method

(notice
  name: (identifier) @name) @definition.method
; (to here)

(path
  name: (identifier) @name) @reference.call
