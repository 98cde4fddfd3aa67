/**
 * @file Limits, points, pools, and what else is settled with an invoice.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { phrase, one_of, list, several, clause, maybe_comma, block } = require('./words');

/** @type {RuleBuilders<string, string>} */
module.exports = {
  limit: ($) =>
    seq(
      'limit',
      several($),
      'to',
      field('to', $._amount),
      optional(choice($.every, $.rolling, phrase('over the term'))),
      repeat(seq(maybe_comma, choice($.excess, $.limit_terminate))),
      clause($),
    ),
  rolling: ($) => seq(phrase('each rolling'), $._count, $._months),
  excess: ($) =>
    prec.right(
      seq(
        phrase('the excess'),
        choice(
          'lapses',
          seq(
            phrase('carried forward'),
            optional(seq('for', $._count, $._months)),
            optional(seq(maybe_comma, $._at_the_end)),
          ),
        ),
      ),
    ),
  _at_the_end: () => one_of('paid out at the end of the term', 'lapsing at the end of the term'),
  limit_terminate: ($) => seq('terminate', 'after', $._count, one_of('time', 'times'), $._within),
  awards: ($) =>
    seq(
      choice('credits', 'bonuses'),
      optional(seq('and', choice('credits', 'bonuses'))),
      choice($.applied, $.too_small),
      clause($),
    ),
  too_small: ($) =>
    seq(
      one_of('below', 'at most'),
      $._amount,
      optional(choice('each', 'together')),
      one_of('are dropped', 'are carried forward'),
      optional(seq(maybe_comma, $._at_the_end)),
    ),
  points: ($) =>
    seq(
      'points',
      $._declared_each,
      choice(seq('on', field('subject', $._amount)), seq(choice('=', ':'), field('amount', $._value))),
      optional($.every),
      clause($),
      optional(seq(field('body', $.points_body), clause($))),
    ),
  points_body: ($) => block(choice($.band, $.points_excused, $.points_repeated, $.no_value)),
  points_excused: ($) =>
    seq(
      'excused',
      choice(
        $.when,
        seq(phrase('in the first'), $._count, $._months),
        seq(one_of('month', 'quarter', 'year'), one_of('breaks the run', 'keeps the run')),
      ),
    ),
  points_repeated: ($) =>
    seq('repeated', phrase('in a row'), choice('x', '*'), $._amount, optional(seq(',', $._compounding))),
  at_risk: ($) =>
    seq(
      phrase('at risk'),
      optional(seq($._pool_name_ahead, $._declared, '=')),
      field('amount', $._value),
      optional($.every),
      clause($),
      optional(seq(field('body', $.pool), clause($))),
    ),
  pool: ($) => seq('{', repeat(choice($.category, $.may_exceed, ',', ';')), '}'),
  may_exceed: () => phrase('categories may exceed 100%'),
  category: ($) => seq(field('name', $.path), optional(seq($.number, optional('%'))), optional($.allocations)),
  allocations: ($) => seq('{', repeat(choice($.allocation, ',', ';')), '}'),
  allocation: ($) => seq(field('level', $.path), optional(seq($.number, optional('%')))),
  only: ($) =>
    seq(
      $._only_which,
      optional(seq(maybe_comma, one_of('otherwise the largest', 'otherwise no invoice'))),
      optional($.when),
      clause($),
    ),
  _only_which: ($) =>
    seq(
      choice(phrase('only the largest'), seq(phrase('only the one chosen by'), field('chosen_by', $.path))),
      optional(seq('of', several($))),
    ),
  minimum: ($) => seq('minimum', $._floor),
  maximum: ($) => seq('maximum', $._floor),
  _floor: ($) =>
    seq(field('amount', $._value), optional($.every), optional(seq(maybe_comma, phrase('after credits'))), clause($)),
  tax: ($) => seq('tax', $._declared, optional('='), field('amount', $._value), clause($)),
  notice: ($) => seq('notice', $._declared, $.when, clause($)),
  commitment: ($) => seq('commitment', $._declared, $._committed, optional($._commitment_terms), clause($)),
  _committed: ($) =>
    seq(
      field('amount', $._signed_simple),
      optional(seq('of', list(choice($.builtin, field('target', $.path)), choice(',', 'and')))),
    ),
  _commitment_terms: ($) =>
    choice(
      seq('at', $._amount, optional($.every), optional(seq(maybe_comma, $.part_period))),
      seq($.every, optional(seq(maybe_comma, $.part_period))),
      seq(maybe_comma, $.part_period),
    ),
  part_period: () =>
    one_of(
      ...['pro rata', 'in full'].flatMap((how) =>
        ['contract year', 'calendar year', 'year', 'quarter', 'month'].map((what) => `${how} for a part ${what}`),
      ),
    ),
  holdback: ($) =>
    seq(
      'holdback',
      $._declared,
      field('amount', $._amount),
      optional($.every),
      optional(seq(maybe_comma, $.released)),
      clause($),
    ),
  retention_bonus: ($) =>
    seq(
      phrase('retention bonus'),
      $._declared,
      optional(choice('=', ':')),
      field('amount', $._amount),
      $.every,
      seq(maybe_comma, $.stays),
      optional(seq(maybe_comma, $.applied)),
      clause($),
    ),
  stays: ($) => seq('when', field('measure', $.path), 'stays', optional($.comparator), field('level', $._amount)),
  released: ($) =>
    prec.right(
      seq(
        'released',
        optional($.every),
        optional(choice(seq(phrase('in full'), optional($.when)), seq('by', $._amount, clause($), optional($.bands)))),
      ),
    ),
};
