; Which names are declared, and where they are used. A name means one thing in a contract.

(source_file) @local.scope

; (written from the catalogue of clauses)
(unit_item name: (identifier) @local.definition)
(dimension name: (identifier) @local.definition)
(objective name: (identifier) @local.definition)
(records name: (identifier) @local.definition)
(input name: (identifier) @local.definition)
(metric name: (identifier) @local.definition)
(let name: (identifier) @local.definition)
(charge name: (identifier) @local.definition)
(scorecard name: (identifier) @local.definition)
(service_level name: (identifier) @local.definition)
(points name: (identifier) @local.definition)
(at_risk name: (identifier) @local.definition)
(credit name: (identifier) @local.definition)
(bonus name: (identifier) @local.definition)
(retention_bonus name: (identifier) @local.definition)
(commitment name: (identifier) @local.definition)
(holdback name: (identifier) @local.definition)
(share_gain name: (identifier) @local.definition)
(tax name: (identifier) @local.definition)
(notice name: (identifier) @local.definition)
; (to here)

(path name: (identifier) @local.reference)
(by_dimension name: (identifier) @local.reference)
