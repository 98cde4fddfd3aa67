/**
 * @file Bands, and expressions.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { phrase, one_of, list, maybe_comma, block } = require('./words');

/** How tightly the parts of an expression hold together. */
const BINDS = { or: 1, and: 2, not: 3, compare: 4, behind: 5, sum: 6, product: 7, sign: 8 };

/** @type {RuleBuilders<string, string>} */
module.exports = {
  bands: ($) => block($.band),
  band: ($) =>
    seq(
      choice(seq(choice('otherwise', 'beyond'), optional(':')), seq(field('reach', $._reach), ':')),
      field('value', choice($._amount, $.if_expression)),
      optional($.ruling),
    ),
  _reach: ($) =>
    choice(
      seq(one_of('below', 'at least', 'at most', 'up to'), $._amount),
      phrase('no value'),
      seq(optional(choice('from', 'above')), $._amount, optional($.band_to)),
    ),
  band_to: ($) => seq(one_of('to', 'up to', 'to below', 'up to below'), $._amount),
  ruling: () => one_of('in place of the former', 'on top of the former'),
  // Each expression ends where the scanner says so, which knows the words that lead on. Values may compare; amounts may
  // not, so that `to`, `below` and `and` behind one belong to what stands around it; stated values have no dates.
  _value: ($) => choice($._condition, $.if_expression),
  _condition: ($) => seq(choice($._logical, alias($._dated_condition, $.dated_value)), $._value_end),
  _amount: ($) => seq(choice($._arithmetic, alias($._dated_amount, $.dated_value)), $._amount_end),
  _stated: ($) => seq($._arithmetic, $._stated_end),
  _dated_condition: ($) => seq($._logical, repeat1($.later_value)),
  _dated_amount: ($) => seq($._arithmetic, repeat1($.later_value)),
  later_value: ($) => seq(',', 'from', field('from', $.date), field('value', $._arithmetic)),
  if_expression: ($) =>
    seq(
      'if',
      field('condition', $._condition),
      'then',
      field('value', $._undated),
      repeat(seq('else', 'if', field('condition', $._condition), 'then', field('value', $._undated))),
      'else',
      field('value', $._undated),
    ),
  _undated: ($) => seq($._arithmetic, $._amount_end),
  _logical: ($) =>
    choice($._arithmetic, $.or_expression, $.and_expression, $.not_expression, $.comparison, $.range_test),
  or_expression: ($) => prec.left(BINDS.or, seq($._logical, 'or', $._logical)),
  and_expression: ($) => prec.left(BINDS.and, seq($._logical, 'and', $._logical)),
  not_expression: ($) => prec(BINDS.not, seq('not', $._logical)),
  comparison: ($) =>
    prec.left(
      BINDS.compare,
      seq(field('left', $._arithmetic), field('operator', $.comparator), field('right', $._arithmetic)),
    ),
  range_test: ($) => prec(BINDS.compare, seq($._arithmetic, 'between', $._level, 'and', $._level)),
  _arithmetic: ($) =>
    choice($._operand, $.negation, $.sum, $.product, $.steps, $.rounded_value, $.as_percent, $.if_known),
  negation: ($) => prec(BINDS.sign, seq(choice('+', '-'), $._operand)),
  sum: ($) =>
    prec.left(
      BINDS.sum,
      seq(field('left', $._arithmetic), field('operator', choice('+', '-')), field('right', $._arithmetic)),
    ),
  product: ($) =>
    prec.left(
      BINDS.product,
      seq(field('left', $._arithmetic), field('operator', choice('*', '/', 'of')), field('right', $._arithmetic)),
    ),
  rounded_value: ($) => prec.left(BINDS.behind, seq($._arithmetic, $.rounded)),
  as_percent: ($) => prec.left(BINDS.behind, seq($._arithmetic, phrase('as percent'))),
  if_known: ($) =>
    prec.left(BINDS.behind, seq($._arithmetic, phrase('if known'), maybe_comma, 'otherwise', $._signed_operand)),
  steps: ($) =>
    prec.left(
      BINDS.behind,
      seq(
        $._arithmetic,
        one_of('per', 'per full', 'per started', 'per exact'),
        optional($.number),
        choice($.points_type, alias($.identifier, $.unit_word)),
        optional(phrase('or part of one')),
        'of',
        $._simple,
        optional($._of_period),
        choice('above', 'below'),
        $._level,
      ),
    ),
  _operand: ($) =>
    choice(
      $._literal,
      $._named,
      $.period_value,
      $.fold,
      $.previous,
      $.in_a_row,
      $.bands_of,
      $.units_in,
      $.by_agreement,
    ),
  _signed_operand: ($) => choice($._operand, $.negation),
  _named: ($) => choice($.path, $.total_of, $.builtin, $.call, $.flag, $.parenthesized),
  _simple: ($) => choice($._literal, $._named),
  _signed_simple: ($) => choice($._simple, seq(choice('+', '-'), $._simple), seq('not', $._simple)),
  _level: ($) =>
    prec.right(
      seq($._signed_simple, optional($._of_period), optional(seq('of', $._simple, optional($._of_period)))),
    ),
  _count: ($) => choice($.number, $.path, $.parenthesized),
  parenthesized: ($) => seq('(', $._value, ')'),
  call: ($) => prec(1, seq(field('function', choice('min', 'max', 'abs')), '(', optional(list($._value)), ')')),
  total_of: ($) => seq($._total_ahead, 'total', $.path),
  flag: () => choice('yes', 'no'),
  by_agreement: () => phrase('by agreement'),
  builtin: () => one_of('month of term', 'month of year', 'months in term', 'days in month', 'adjusted charges'),
  period_value: ($) => seq(choice($._literal, $._named), $._of_period),
  _of_period: ($) =>
    seq(
      $._period_ahead,
      'of',
      choice(
        one_of(
          'this month',
          'the month',
          ...['the', 'the whole'].flatMap((the) =>
            ['quarter', 'calendar quarter', 'contract year', 'calendar year', 'term'].map((period) => `${the} ${period}`),
          ),
        ),
        seq(phrase('the last'), $._count, $._months),
      ),
      optional(phrase('so far')),
    ),
  fold: ($) =>
    seq(
      field('function', one_of('sum of', 'average of', 'count of', 'least of', 'greatest of')),
      $._inner,
      'over',
      $.window,
    ),
  // What a window or a table looks at: operands without signs of their own periods.
  _inner: ($) => seq($._logical, $._value_end),
  window: ($) =>
    choice(
      seq(choice('last', 'previous'), $._count, $._months),
      one_of('contract year', 'calendar year', 'calendar quarter', 'term'),
    ),
  previous: ($) =>
    prec.right(BINDS.sign, seq('previous', $._simple, optional(seq(',', phrase('at first'), $._signed_simple)))),
  in_a_row: ($) =>
    prec.right(
      BINDS.sign,
      seq(
        phrase('months in a row with'),
        $._level,
        optional(
          seq($._comparison_ahead, choice(seq($.comparator, $._level), seq('between', $._level, 'and', $._level))),
        ),
      ),
    ),
  bands_of: ($) => seq(phrase('bands of'), $._inner, $.bands),
  units_in: ($) => prec(BINDS.sign, seq(one_of('whole units in', 'started units in'), $._simple)),
  _literal: ($) => choice($.date, $.number, $.percentage, $.percentage_points, $.quantity),
  percentage: ($) => seq($.number, '%'),
  percentage_points: ($) => seq($.number, $.points_type),
  quantity: ($) => seq($.number, $._unit_ahead, $.unit),
  unit: ($) =>
    seq(
      $._unit_word,
      optional(
        seq(
          $._unit_per_ahead,
          'per',
          $._unit_word,
          repeat(seq(choice(seq($._unit_per_ahead, 'per'), seq($._unit_and_ahead, 'and')), $._unit_word)),
        ),
      ),
    ),
  _unit_word: ($) => alias($.identifier, $.unit_word),
  _months: () => one_of('month', 'months'),
  _periods: () => one_of('month', 'months', 'quarter', 'quarters', 'year', 'years'),
};
