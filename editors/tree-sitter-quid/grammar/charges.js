/**
 * @file What is paid.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { EVERY, phrase, one_of, clause, maybe_comma, block } = require('./words');

/** @type {RuleBuilders<string, string>} */
module.exports = {
  charge: ($) => seq('charge', $._declared_each, $._pricing, optional($.once), optional($.advance), clause($)),
  _pricing: ($) => choice($.for_quantity, $.at_cost, seq(optional(choice('=', ':')), field('amount', $._value))),
  for_quantity: ($) =>
    seq(
      'for',
      field('quantity', $._amount),
      optional(seq(',', phrase('at least'), $._amount)),
      clause($),
      field('price', $._price),
    ),
  _price: ($) =>
    choice($.baseline_block, $.card, $.tiers, $.packages, $.metered, seq(optional(choice('at', '=', ':')), $._value)),
  once: ($) => seq('once', 'in', $.date),
  advance: ($) => seq(maybe_comma, phrase('in advance'), 'on', $._amount, maybe_comma, $.trued_up),
  trued_up: ($) => seq(phrase('trued up'), one_of('in the next month', 'the next month', ...EVERY)),
  at_cost: ($) =>
    seq(phrase('at cost of'), $._amount, repeat(choice($.cost_most, seq(maybe_comma, 'plus', $._amount)))),
  cost_most: ($) => seq(maybe_comma, phrase('at most'), $._amount),
  packages: ($) => seq(phrase('in packages of'), $._amount, 'at', $._value),
  card: ($) => block($.card_arm),
  card_arm: ($) => seq(field('name', $.identifier), choice($.multiple, $._price)),
  multiple: ($) => seq(optional('at'), $.number, 'x', $.path, optional($._rounded)),
  metered: ($) =>
    prec.right(
      seq(
        'metered',
        choice($.every, phrase('over the term')),
        optional(choice($.tiers, $.packages, seq('at', $._value))),
      ),
    ),
  tiers: ($) =>
    seq(
      field('kind', choice('graduated', 'volume', 'flat')),
      optional(seq(maybe_comma, one_of('repricing earlier units', 'keeping earlier prices'))),
      field('body', $.tier_list),
    ),
  tier_list: ($) => block($.tier),
  tier: ($) =>
    seq(
      choice(seq(one_of('first', 'next', 'up to'), $._amount), 'beyond', 'otherwise'),
      optional(choice('at', ':', '=')),
      field('price', $._amount),
    ),
  baseline_block: ($) =>
    seq('{', choice($.baseline, $.deadband, $.side), repeat(choice($._baseline_statement, ';')), '}'),
  _baseline_statement: ($) => choice($.baseline, $.deadband, $.side, $.slab),
  baseline: ($) => seq('baseline', $._amount, optional(seq('at', $._amount)), optional($.every)),
  deadband: ($) => seq('deadband', $._amount, optional(choice('franchise', 'deductible'))),
  side: ($) => seq(choice('above', 'below'), choice('nothing', $.slab, $._slab_price)),
  slab: ($) =>
    seq(
      choice(seq(phrase('up to'), $._amount), 'beyond', 'otherwise'),
      optional(':'),
      choice(seq(phrase('as at'), $._amount), $._slab_price),
    ),
  _slab_price: ($) => seq(optional('at'), $._amount, optional('back')),
};
