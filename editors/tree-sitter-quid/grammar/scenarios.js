/**
 * @file How the partnership works, and scenarios.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { one_of, list, clause, maybe_comma, block } = require('./words');

/** @type {RuleBuilders<string, string>} */
module.exports = {
  partnership: ($) =>
    seq(
      field(
        'kind',
        one_of(
          'training',
          'measurement',
          'knowledge',
          'quality assurance',
          'feedback',
          'escalation',
          'governance',
          'tools',
          'transition',
          'exit',
          'renewal',
        ),
      ),
      clause($),
      field('body', $.facts),
      clause($),
    ),
  // Line ends end a fact, and mean nothing anywhere else.
  facts: ($) =>
    seq(
      '{',
      repeat($._fact_end),
      optional(seq($.fact, repeat(seq(repeat1($._fact_end), $.fact)), repeat($._fact_end))),
      '}',
    ),
  _fact_end: () => choice('\n', ';'),
  fact: ($) => repeat1(choice($.fact_word, $.fact_number, $.string, ',')),
  scenario: ($) =>
    seq(
      'scenario',
      field('name', $.string),
      optional(seq('for', field('first', $.date), optional(seq('to', field('last', $.date))))),
      field('body', $.scenario_body),
      clause($),
    ),
  scenario_body: ($) => block(choice($.given, $.expect)),
  given: ($) => seq('given', $.assignment, repeat(seq(maybe_comma, $.assignment))),
  assignment: ($) =>
    seq(
      field('name', $.path),
      choice('=', ':'),
      list(seq(field('value', choice('missing', $._stated)), optional($.for_months)), 'then'),
    ),
  for_months: ($) => seq('for', $.number, choice('months', 'month')),
  expect: ($) => seq('expect', list($.expectation)),
  expectation: ($) =>
    choice(
      seq(
        choice(seq(field('of', $.expected), field('name', $.path)), field('of', $.expected), field('name', $.path)),
        choice('=', ':'),
        list(seq(field('value', $._stated), optional($.for_months)), 'then'),
      ),
      seq(one_of('no invoice', 'no notice'), optional($.in_month)),
      seq('notice', $.string, optional($.in_month)),
    ),
  expected: () =>
    one_of(
      'charge',
      'adjustment',
      'credit',
      'bonus',
      'earn back',
      'carried forward',
      'paid out',
      'minimum',
      'maximum',
      'tax',
      'metric',
      'score',
      'true up',
      'target',
      'holdback',
      'release',
    ),
  in_month: ($) => seq('in', $.date),
};
