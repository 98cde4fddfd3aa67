/**
 * @file Files, and who, when and in which money.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { phrase, one_of, list, title, clause, maybe_comma, block } = require('./words');

/** @type {RuleBuilders<string, string>} */
module.exports = {
  use: ($) => seq('use', choice(seq('standard', field('library', $.identifier)), field('file', $.string))),
  contract: ($) => seq('contract', $._declared, field('body', $.items)),
  library: ($) => seq('library', $._declared, field('body', $.items)),
  items: ($) => block(choice($.item, $.waiver)),
  // These parts stand in rules of their own, because each optional part doubles the states of what follows it.
  _declared_each: ($) => seq($._declared, optional($.by_dimension)),
  _declared: ($) => seq(field('name', $.identifier), title($)),
  amendment: ($) =>
    seq(
      'amendment',
      $._declared,
      'to',
      field('of', $.identifier),
      'effective',
      optional('from'),
      field('date', $.date),
      optional(seq('signed', field('signed', $.date))),
      clause($),
      field('body', $.changes),
    ),
  changes: ($) => block(choice($.add, $.replace, $.remove, $.item, $.waiver)),
  add: ($) => seq('add', $.item),
  replace: ($) => seq('replace', $.item),
  remove: ($) => seq('remove', field('what', $.designation), optional(seq(',', $.ending)), clause($)),
  ending: ($) => choice(phrase('what is open lapses'), $.part_period),
  // The words by which an item is named end with the line, or before those that say how it ends.
  designation: ($) =>
    seq($.identifier, repeat(choice($.identifier, $.number, $.date, '%', ',', '.', '-')), $._designation_end),
  waiver: ($) =>
    seq(
      'waive',
      field('rule', $.rule_name),
      repeat1(
        choice(
          seq('until', field('until', $.date)),
          seq('because', field('because', $.string)),
          seq('ref', field('ref', $.string)),
        ),
      ),
    ),
  item: ($) =>
    choice(
      $.customer,
      $.supplier,
      $.currency,
      $.term,
      $.invoice,
      $.round,
      $.part_months,
      $.language,
      $.unit_item,
      $.dimension,
      $.records,
      $.objective,
      $.input,
      $.metric,
      $.let,
      $.charge,
      $.scorecard,
      $.adjust,
      $.service_level,
      $.points,
      $.at_risk,
      $.credit,
      $.bonus,
      $.limit,
      $.share_currency,
      $.share_gain,
      $.index,
      $.minimum,
      $.maximum,
      $.awards,
      $.only,
      $.commitment,
      $.holdback,
      $.retention_bonus,
      $.tax,
      $.notice,
      $.partnership,
      $.scenario,
    ),
  customer: ($) => seq('customer', $._party),
  supplier: ($) => seq('supplier', $._party),
  _party: ($) => seq(field('name', $.string), repeat($.attribute), clause($)),
  attribute: ($) => seq(field('key', $.identifier), field('value', $.string)),
  currency: ($) => seq('currency', list(field('code', $.identifier)), clause($)),
  term: ($) => seq('term', optional('from'), field('first', $.date), 'to', field('last', $.date), clause($)),
  invoice: ($) =>
    seq('invoice', 'monthly', optional(seq(maybe_comma, 'due', 'in', $._count, one_of('day', 'days'))), clause($)),
  round: ($) =>
    seq('round', one_of('each line', 'only the total'), $.rounding_mode, 'to', field('step', $._amount), clause($)),
  rounding_mode: () => one_of('half up', 'half even', 'up', 'down', 'floor', 'ceiling'),
  language: ($) => seq('language', field('version', $.number), clause($)),
  part_months: ($) =>
    seq(phrase('part months'), one_of('by actual days', 'as months of 30 days', 'in full'), clause($)),
};
