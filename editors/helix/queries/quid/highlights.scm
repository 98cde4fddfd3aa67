; What is shown in which colour. No two patterns fit the same node, so that editors agree whichever of two they prefer.

; --- names where they are given

(contract name: (identifier) @function)
(library name: (identifier) @function)
(amendment name: (identifier) @function)
; (written from the catalogue of clauses)
(unit_item name: (identifier) @function)
(dimension name: (identifier) @function)
(objective name: (identifier) @function)
(records name: (identifier) @function)
(input name: (identifier) @function)
(metric name: (identifier) @function)
(let name: (identifier) @function)
(charge name: (identifier) @function)
(scorecard name: (identifier) @function)
(service_level name: (identifier) @function)
(points name: (identifier) @function)
(at_risk name: (identifier) @function)
(credit name: (identifier) @function)
(bonus name: (identifier) @function)
(retention_bonus name: (identifier) @function)
(commitment name: (identifier) @function)
(holdback name: (identifier) @function)
(share_gain name: (identifier) @function)
(tax name: (identifier) @function)
(notice name: (identifier) @function)
; (to here)
(unit_item plural: (identifier) @function)
(members member: (identifier) @constant)

; --- names where they are used

(amendment of: (identifier) @function)
(use library: (identifier) @module)
(rule_name) @label
(designation) @label

(path name: (identifier) @variable)
(path member: (identifier) @constant)
(by_dimension name: (identifier) @variable)
(card_arm name: (identifier) @constant)
(attribute key: (identifier) @property)
(metric kind: (identifier) @attribute)
(purpose (identifier) @attribute)
(index_dates month: (identifier) @constant)
(index_dates value_of: (identifier) @constant)
(fact_word) @variable.other.member
(record_field field: (identifier) @property)
(field_between (identifier) @property)
(field_choice dimension: (identifier) @variable)
(counted field: (identifier) @property)
(counted records: (identifier) @variable)
(counted date: (identifier) @property)
(record_compare field: (identifier) @property)
(record_followed same: (identifier) @property)
(record_value word: (identifier) @constant)
(record_value of: (identifier) @variable)

; --- units and types

(currency code: (identifier) @type)
(unit_type (identifier) @type)
(unit_word) @type
(field_duration unit: (identifier) @type)
(record_followed unit: (identifier) @type)
(record_value unit: (identifier) @type)
[
  "percentage point" "percentage points" "yes or no"
] @type.builtin

; --- numbers, texts, comments

[
  (number)
  (ordinal)
  (fact_number)
  (date)
] @constant.numeric
(string) @string
(comment) @comment

; --- words of the language

[
  "min" "max" "abs" "sum of" "average of" "count of" "least of" "greatest of" "bands of"
  "months in a row with" "previous" "total" "whole units in" "started units in"
] @function.builtin

[
  "month of term" "month of year" "months in term" "days in month" "adjusted charges" "yes" "no" "missing"
  "by agreement"
] @constant.builtin

[
  "of" "and" "or" "not" "per" "per full" "per started" "per exact" "or part of one" "x" "is" "is not" "below"
  "above" "between" "at least" "at most" "as percent" "if known" "if" "then" "else"
] @keyword.operator

; (written from the words of the grammar)
[
  "a row" "a year" "add" "adjust" "adjustment" "after" "after credits" "against" "against the base"
  "against the last adjustment" "against the year before" "all" "all other credits" "amendment" "applied to"
  "are carried forward" "are dropped" "as at" "as months of 30 days" "at" "at cost of" "at first" "at risk"
  "at the end of the calendar year" "at the end of the contract year" "average of last" "average of previous"
  "back" "bad records are left out" "base" "baseline" "because" "before" "beyond" "bonus" "bonuses"
  "breaks the run" "by" "by actual days" "calendar quarter" "calendar year" "carried forward"
  "categories may exceed 100%" "ceiling" "change above" "charge" "commitment" "compounding" "contract"
  "contract year" "counts from the" "credit" "credits" "critical" "currency" "customer" "date" "dated by"
  "dates the record" "day" "days" "deadband" "deductible" "dimension" "distinct" "down" "down to" "due"
  "duration" "each" "each calendar year" "each contract year" "each further failure" "each further failures"
  "each line" "each month" "each quarter" "each rolling" "earn back" "effective" "escalation" "excused"
  "excused months counted" "excused months left out" "excused quarters counted" "excused quarters left out"
  "excused years counted" "excused years left out" "exit" "expect" "extends the run" "factor" "failed"
  "failure" "failures" "feedback" "first" "fixed" "flat" "floor" "followed by another of the same" "for"
  "fractional" "franchise" "from" "gain" "given" "governance" "graduated" "half even" "half hours" "half up"
  "higher is better" "holdback" "if missing" "if nothing to measure" "in" "in a row" "in a row above target"
  "in a row at or above target" "in a row at or below target" "in a row below target" "in advance"
  "in any month" "in every month" "in full" "in full for a part calendar year"
  "in full for a part contract year" "in full for a part month" "in full for a part quarter"
  "in full for a part year" "in packages of" "in place of" "in place of the credit" "in place of the former"
  "in service hours" "in the first" "in the last month" "in the next month" "index" "input" "invoice"
  "is missing" "is not missing" "keeping earlier prices" "keeps the run" "key" "knowledge" "language"
  "lapses" "lapsing at the end of the term" "last" "last known value" "less" "let" "library" "limit"
  "linked to" "lower is better" "lowered" "maximum" "may be missing" "measured" "measurement" "metered"
  "metric" "minimum" "miss" "month" "monthly" "months" "more" "nearest rank" "needs" "next" "no invoice"
  "no notice" "no value" "nominal" "not compounding" "nothing" "notice" "number" "objective" "on"
  "on top of the credit" "on top of the former" "once" "once above" "one of" "only change above"
  "only the change above" "only the largest" "only the one chosen by" "only the total"
  "only the whole change once above" "or better" "otherwise" "otherwise no invoice" "otherwise the largest"
  "over" "over the term" "paid out" "paid out at the end of the term" "pain" "part months" "percentile of"
  "persistent" "plus" "points" "prices" "pro rata for a part calendar year"
  "pro rata for a part contract year" "pro rata for a part month" "pro rata for a part quarter"
  "pro rata for a part year" "purpose" "quality assurance" "quarter" "quarters" "raised" "records" "ref"
  "release" "released" "remove" "renewal" "repeated" "replace" "repricing earlier units" "retention bonus"
  "round" "rounded" "scenario" "score" "scorecard" "service level" "share currency" "share gain" "signed"
  "so far" "standard" "stays" "supplier" "target" "tax" "term" "terminate" "text" "the calendar quarter"
  "the calendar year" "the change above" "the change once above" "the contract year" "the excess" "the last"
  "the last invoice of the calendar year" "the last invoice of the contract year"
  "the last invoice of the quarter" "the month" "the next invoice" "the next month" "the quarter" "the term"
  "the whole calendar quarter" "the whole calendar year" "the whole change once above"
  "the whole contract year" "the whole quarter" "the whole term" "this invoice" "this month" "time" "times"
  "to" "to below" "to the average" "to the mean of target and average" "together" "tolerated" "tools"
  "training" "transition" "true up" "trued up" "unit" "until" "up" "up to" "up to below" "use" "volume"
  "waive" "weeks" "what is open lapses" "when" "when critical" "where" "whole change once above"
  "whole number" "with an average of" "with the value of" "within" "year" "years"
] @keyword
; (to here)

; --- signs

[
  "*" "+" "-" "/" "<" "<=" "<>" "=" ">" ">=" "%"
] @operator
[
  "{" "}" "(" ")"
] @punctuation.bracket
[
  "," ";" ":" "."
] @punctuation.delimiter
