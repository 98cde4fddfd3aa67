/**
 * @file What quality is worth, and what failure costs.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { EVERY, phrase, one_of, list, several, title_and_clause, clause, maybe_comma, block } = require('./words');

/** @type {RuleBuilders<string, string>} */
module.exports = {
  adjust: ($) =>
    seq(
      'adjust',
      optional(several($)),
      'by',
      field('by', $._amount),
      title_and_clause($),
      field('body', $.bands),
      clause($),
    ),
  service_level: ($) =>
    seq(
      phrase('service level'),
      $._declared_each,
      'on',
      field('metric', $.path),
      optional($._of_period),
      clause($),
      field('body', $.service_level_body),
      clause($),
    ),
  service_level_body: ($) =>
    block(
      choice(
        $.target,
        $.critical,
        $.excused,
        $.level_credit,
        $.repeated,
        $.earn_back,
        $.raised,
        $.terminate,
        $.in_place,
        $.counts,
        $.tolerated,
        $.persistent,
        $.no_value,
        $.applied,
      ),
    ),
  target: ($) => seq('target', $._amount, optional($.every)),
  critical: ($) => seq('critical', optional($.comparator), $._amount),
  excused: ($) =>
    seq(
      'excused',
      choice(
        seq($.when, optional(one_of('in any month', 'in every month', 'in the last month'))),
        seq(phrase('in the first'), $._count, $._months),
        seq(one_of('month', 'quarter', 'year'), one_of('breaks the run', 'keeps the run')),
      ),
    ),
  level_credit: ($) => seq('credit', choice($.bands, seq($._value, optional(seq(',', 'critical', $._value))))),
  repeated: ($) =>
    seq(
      'repeated',
      choice($.growth, list($.repeat)),
      optional(seq(maybe_comma, $._compounding)),
      optional(seq(maybe_comma, phrase('at most'), 'x', $._amount)),
    ),
  repeat: ($) => seq($._count, $._periods, choice('x', '*'), $._amount),
  growth: ($) => seq($.number, '%', 'more', optional(one_of('each further failure', 'each further failures'))),
  _compounding: () => one_of('compounding', 'not compounding'),
  earn_back: ($) =>
    seq(
      phrase('earn back'),
      choice(
        seq('after', $._count, $._months, 'at', $._amount, phrase('or better')),
        seq(
          choice('all', $._amount),
          one_of('at the end of the contract year', 'at the end of the calendar year'),
          optional(choice($.with_average, $.when)),
        ),
      ),
    ),
  with_average: ($) =>
    seq(
      phrase('with an average of'),
      $._amount,
      phrase('or better'),
      optional(
        seq(
          maybe_comma,
          one_of(...['months', 'quarters', 'years'].flatMap((p) => [`excused ${p} left out`, `excused ${p} counted`])),
        ),
      ),
    ),
  raised: ($) =>
    seq(
      choice('raised', 'lowered'),
      'after',
      $._count,
      $._periods,
      one_of(
        'in a row above target',
        'in a row below target',
        'in a row at or above target',
        'in a row at or below target',
      ),
      optional(seq(maybe_comma, one_of('to the average', 'to the mean of target and average'), optional($._rounded))),
      optional(seq(maybe_comma, one_of('at most', 'at least'), $._amount)),
    ),
  terminate: ($) => seq('terminate', 'after', $._count, one_of('failure', 'failures'), $._within),
  _within: ($) => seq('in', choice(phrase('a row'), seq($._count, $._months))),
  counts: ($) => seq(phrase('counts from the'), $.ordinal, 'miss', 'in', $._count, $._months),
  ordinal: () => /\d+(\.\d+)?(st|nd|rd|th)/,
  tolerated: () =>
    seq('tolerated', one_of('month', 'quarter', 'year'), one_of('breaks the run', 'keeps the run', 'extends the run')),
  persistent: ($) =>
    seq(
      'persistent',
      'after',
      $._count,
      one_of('failure', 'failures'),
      $._within,
      optional(
        seq(':', $._value, optional(seq(maybe_comma, one_of('in place of the credit', 'on top of the credit')))),
      ),
    ),
  no_value: () => seq(phrase('no value'), choice('excused', 'failed')),
  credit: ($) => seq('credit', $._award),
  bonus: ($) => seq('bonus', $._award),
  _award: ($) =>
    seq(
      $._declared_each,
      optional($.every),
      $._award_terms,
      repeat(choice($.every, $.when, seq(maybe_comma, choice($.applied, $.in_place)))),
      clause($),
    ),
  _award_terms: ($) =>
    choice(
      seq(choice('=', ':'), field('amount', $._value)),
      seq('on', field('subject', $._amount), clause($), field('body', $.bands)),
    ),
  in_place: ($) =>
    prec.right(
      seq(phrase('in place of'), choice(phrase('all other credits'), several($)), optional(phrase('when critical'))),
    ),
  applied: () =>
    seq(
      phrase('applied to'),
      one_of(
        'this invoice',
        'the next invoice',
        'the last invoice of the quarter',
        'the last invoice of the contract year',
        'the last invoice of the calendar year',
      ),
    ),
  every: () => one_of(...EVERY),
  when: ($) => seq('when', $._condition),
};
