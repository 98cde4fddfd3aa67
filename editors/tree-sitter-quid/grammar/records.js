/**
 * @file Records, and what an input is counted from.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { phrase, one_of, list, clause, maybe_comma, block } = require('./words');

/** @type {RuleBuilders<string, string>} */
module.exports = {
  records: ($) =>
    seq(
      'records',
      $._declared,
      repeat(seq(maybe_comma, choice($.source, $.by_dimension))),
      field('body', $.records_body),
      clause($),
    ),
  records_body: ($) => block(choice($.left_out, $.record_field)),
  left_out: () => phrase('bad records are left out'),
  record_field: ($) =>
    seq(field('field', $.identifier), ':', field('type', $._field_type), repeat(seq(',', $._field_part)), clause($)),
  _field_type: ($) =>
    choice(
      one_of('text', 'date', 'whole number'),
      $.field_time,
      $.field_number,
      $.field_duration,
      $.field_between,
      $.field_choice,
    ),
  field_time: ($) => seq('time', optional(seq('in', $.string))),
  field_number: ($) => seq('number', optional(seq('to', $.number))),
  field_duration: ($) => seq('duration', optional(seq('in', field('unit', $.identifier)))),
  field_between: ($) =>
    seq(
      'duration',
      'from',
      field('from', $.identifier),
      'to',
      field('to', $.identifier),
      optional(phrase('in service hours')),
      optional(seq(maybe_comma, 'less', field('less', $.identifier))),
    ),
  field_choice: ($) => seq(phrase('one of'), choice($.members, field('dimension', $.identifier))),
  _field_part: () => one_of('key', 'may be missing', 'dates the record'),
  counted: ($) =>
    seq(
      choice(
        seq(phrase('count of'), $._counted_records),
        seq(
          choice(one_of('sum of', 'distinct', 'least of', 'greatest of'), seq($.ordinal, phrase('percentile of'))),
          field('field', $.identifier),
          'of',
          $._counted_records,
        ),
        seq(phrase('count of'), one_of('days', 'weeks', 'half hours')),
      ),
      optional($.record_where),
      optional(seq(',', phrase('nearest rank'))),
    ),
  _counted_records: ($) =>
    seq(field('records', $.identifier), optional(seq(phrase('dated by'), field('date', $.identifier)))),
  record_where: ($) => seq('where', $._record_tests),
  _record_tests: ($) => list($.record_test, choice('and', 'or')),
  record_test: ($) => seq(repeat('not'), choice($.record_group, $.record_followed, $.record_compare)),
  record_group: ($) => seq('(', $._record_tests, ')'),
  record_followed: ($) =>
    seq(
      phrase('followed by another of the same'),
      list(field('same', $.identifier)),
      'within',
      $.number,
      field('unit', $.identifier),
    ),
  record_compare: ($) =>
    seq(
      field('field', $.identifier),
      choice(
        one_of('is missing', 'is not missing'),
        seq('between', $.record_value, 'and', $.record_value),
        seq($.comparator, $.record_value),
      ),
    ),
  record_value: ($) =>
    prec.right(
      choice(
        $.string,
        $.date,
        field('word', $.identifier),
        seq(
          optional(choice('+', '-')),
          $.number,
          optional(choice(seq('%', optional(seq('of', field('of', $.identifier)))), field('unit', $.identifier))),
        ),
      ),
    ),
};
