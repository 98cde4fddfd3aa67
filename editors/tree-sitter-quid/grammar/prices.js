/**
 * @file How prices move with an index, an exchange rate, and what is gained.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { phrase, one_of, several, clause, maybe_comma, block } = require('./words');

/** @type {RuleBuilders<string, string>} */
module.exports = {
  index: ($) => seq('index', several($), 'by', field('by', $.path), clause($), field('body', $.index_body), clause($)),
  index_body: ($) =>
    block(
      choice(
        $.index_base,
        $.index_dates,
        $.index_fixed,
        $.index_threshold,
        $.index_bounds,
        $.index_rounding,
        $.index_against,
        $.index_link,
      ),
    ),
  index_base: ($) => seq('base', $.number, 'of', $.date),
  index_dates: ($) =>
    prec.right(
      seq(
        'each',
        field('month', $.identifier),
        optional(seq('from', $.number)),
        optional(seq(phrase('with the value of'), field('value_of', $.identifier), optional('before'))),
      ),
    ),
  index_fixed: ($) => seq($.number, '%', 'fixed'),
  index_threshold: ($) =>
    seq(
      one_of(
        'above',
        'once above',
        'change above',
        'only change above',
        'only the change above',
        'the change above',
        'whole change once above',
        'the whole change once above',
        'the change once above',
        'only the whole change once above',
      ),
      $._amount,
    ),
  index_bounds: ($) =>
    seq(
      one_of('at least', 'at most'),
      $._amount,
      optional(seq('and', one_of('at least', 'at most'), $._amount)),
      optional(phrase('a year')),
    ),
  index_rounding: ($) => seq(choice('factor', 'prices'), $._rounded),
  index_against: () => one_of('against the base', 'against the year before', 'against the last adjustment'),
  index_link: ($) =>
    prec.right(seq('from', $.date, 'by', $.path, optional(seq(maybe_comma, $.number, phrase('linked to'), $.number)))),
  share_currency: ($) =>
    seq(
      phrase('share currency'),
      optional(seq('on', several($))),
      'against',
      field('against', $._amount),
      'by',
      field('by', $.path),
      clause($),
      field('body', $.share_currency_body),
      clause($),
    ),
  share_currency_body: ($) => block(choice($.share_of, $.share_beyond, $.share_end)),
  share_of: ($) => seq($.number, '%', 'to', choice('customer', 'supplier')),
  share_beyond: ($) => seq('beyond', $._amount, optional(choice('franchise', 'deductible'))),
  share_end: ($) => seq(one_of('up to', 'down to'), $._amount),
  share_gain: ($) =>
    seq(
      phrase('share gain'),
      $._declared,
      'on',
      field('actual', $._amount),
      'against',
      field('against', $._amount),
      optional($.every),
      optional(seq(maybe_comma, $.part_period)),
      clause($),
      field('body', $.share_gain_body),
      clause($),
    ),
  share_gain_body: ($) => block($.gain_band),
  gain_band: ($) => choice(seq(field('side', choice('gain', 'pain')), choice('nothing', $._gain_share)), $._gain_share),
  _gain_share: ($) =>
    seq(
      optional(choice(seq(one_of('first', 'next', 'up to'), $._amount), 'beyond', 'otherwise')),
      optional(':'),
      $.share_of,
    ),
};
