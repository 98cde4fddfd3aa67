/**
 * @file What is measured.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { phrase, one_of, list, title_and_clause, clause, maybe_comma, block } = require('./words');

/** @type {RuleBuilders<string, string>} */
module.exports = {
  unit_item: ($) =>
    seq(
      'unit',
      field('name', $.identifier),
      optional(seq(',', field('plural', $.identifier))),
      optional('fractional'),
      clause($),
    ),
  dimension: ($) => seq('dimension', $._declared, field('body', $.members), clause($)),
  members: ($) => seq('{', repeat(choice(field('member', $.identifier), ',', ';')), '}'),
  objective: ($) =>
    seq('objective', field('name', $.identifier), title_and_clause($), field('body', $.objective_body), clause($)),
  objective_body: ($) => block(choice($.purpose, $.measured_by)),
  purpose: ($) => seq('purpose', list($.identifier)),
  measured_by: ($) => seq('measured', 'by', list($.measured)),
  measured: ($) => seq($.path, optional(seq($.comparator, $._amount))),
  comparator: () =>
    choice('<', '<=', '<>', '>', '>=', '=', one_of('is', 'is not', 'below', 'above', 'at least', 'at most')),
  input: ($) =>
    seq(
      'input',
      $._declared,
      optional(alias($._by_members, $.by_dimension)),
      ':',
      field('type', $._type),
      repeat(seq(maybe_comma, $._input_part)),
    ),
  _input_part: ($) =>
    choice(
      $.string,
      $.source,
      alias($._by_members, $.by_dimension),
      $.between,
      $.step,
      $.nominal,
      $.if_missing,
      seq('=', $.counted),
    ),
  source: ($) => seq('from', $.string),
  by_dimension: ($) => seq('by', field('name', $.identifier)),
  _by_members: ($) => seq('by', field('name', $.identifier), optional($.members)),
  between: ($) => seq('between', $._amount, 'and', $._amount),
  step: ($) => seq('to', $._amount),
  nominal: ($) => seq('nominal', $._amount),
  if_missing: ($) => seq(phrase('if missing'), maybe_comma, $._fallback),
  if_nothing: ($) => seq(phrase('if nothing to measure'), maybe_comma, $._fallback),
  _fallback: ($) => choice(one_of('no value', 'no invoice', 'last known value'), $.average_of_last, $._value),
  average_of_last: ($) => seq(one_of('average of last', 'average of previous'), $._count, $._months),
  _type: ($) => choice($.flag_type, $.points_type, $.unit_type, $.scale),
  flag_type: () => phrase('yes or no'),
  points_type: () => one_of('percentage points', 'percentage point'),
  unit_type: ($) =>
    prec.right(seq($.identifier, optional(seq('per', $.identifier, repeat(seq(choice('and', 'per'), $.identifier)))))),
  scale: ($) => seq($._scale_end, 'to', $._scale_end),
  _scale_end: ($) =>
    prec.right(seq(optional(choice('+', '-')), $.number, optional(choice('%', seq($._unit_ahead, $.unit))))),
  metric: ($) =>
    seq(
      'metric',
      $._declared,
      optional(
        seq(
          choice(seq(maybe_comma, $._metric_part), seq(optional($.by_dimension), 'is', field('kind', $.identifier))),
          repeat(seq(maybe_comma, choice($._metric_part, field('clause', $.string)))),
        ),
      ),
      field('body', $.metric_body),
      clause($),
    ),
  _metric_part: ($) =>
    choice($.direction, $.step, field('type', $._type), $.source, $.by_dimension, $.between, $._rounded, $.if_missing),
  direction: () => one_of('higher is better', 'lower is better'),
  metric_body: ($) => seq('{', repeat($._metric_statement), optional(seq($.formula, repeat($._metric_statement))), '}'),
  _metric_statement: ($) => choice($.needs, $.if_missing, $.if_nothing, $._rounded, ';'),
  formula: ($) => seq(optional('='), $._value),
  needs: ($) => seq('needs', $._condition, optional(seq(maybe_comma, 'otherwise', $._fallback))),
  _rounded: ($) => seq($.rounded, $._amount_end),
  rounded: ($) => seq('rounded', $.rounding_mode, 'to', field('step', $._signed_simple)),
  let: ($) =>
    seq('let', $._declared_each, optional(seq(':', field('type', $._type))), '=', field('value', $._value), clause($)),
  scorecard: ($) =>
    seq('scorecard', field('name', $.identifier), title_and_clause($), field('body', $.scorecard_body), clause($)),
  scorecard_body: ($) => block(choice($.weight, $._rounded)),
  weight: ($) => seq($.number, optional('%'), field('metric', $.path), optional($.bands)),
};
