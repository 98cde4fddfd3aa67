/**
 * @file The grammar of Quidpro contracts for editors.
 * @license MIT OR Apache-2.0
 *
 * The grammar of the program is `grammar/quidpro.pest`; this one follows it item by item and statement by statement, and
 * a test of the project holds the two to the same items in the same places. How it differs, and why:
 *
 * - It has no rules for mistakes. Where the program goes on to say what is missing, an editor needs an ERROR or MISSING
 *   node and the parts around it.
 * - Expressions have the shape that they are computed in, so that an editor can select by operand.
 * - Words that belong together (`at least`, `in place of the former`) are one token, as they are in the program's grammar.
 * - Where one word is not enough to tell how a text goes on, `src/scanner.c` looks ahead, as the program's grammar does.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const { LETTER, NAME } = require('./grammar/words');

module.exports = grammar({
  name: 'quid',

  word: ($) => $.identifier,
  extras: ($) => [/\s/, $.comment],
  supertypes: ($) => [$.item],

  // What the scanner says of what stands ahead; none of them has a width.
  externals: ($) => [
    $._value_end,
    $._amount_end,
    $._stated_end,
    $._unit_ahead,
    $._unit_per_ahead,
    $._unit_and_ahead,
    $._total_ahead,
    $._period_ahead,
    $._comparison_ahead,
    $._pool_name_ahead,
    $._designation_end,
    $._error,
  ],

  conflicts: ($) => [
    // `, plus 5%` or `, in advance on …`
    [$.at_cost],
    // `of a, b, c, otherwise the largest` and `of a, b, pro rata for a part year`
    [$._only_which],
    [$._committed],
    // `, less waiting` and `, may be missing`; `, nearest rank` and `, by customer`
    [$.field_between],
    [$.counted],
  ],

  rules: {
    source_file: ($) => repeat(choice($.use, $.contract, $.library, $.amendment, $.waiver)),
    ...require('./grammar/files'),
    ...require('./grammar/measures'),
    ...require('./grammar/records'),
    ...require('./grammar/charges'),
    ...require('./grammar/service_levels'),
    ...require('./grammar/prices'),
    ...require('./grammar/settling'),
    ...require('./grammar/scenarios'),
    ...require('./grammar/expressions'),

    // ------------------------------------------------------------ names and tokens

    path: ($) =>
      prec.right(
        seq($._reference, optional(seq(token.immediate('.'), field('member', alias($._member, $.identifier))))),
      ),
    // Words that begin a form of their own where another word follows, and are names where none does.
    _reference: ($) =>
      choice(field('name', $.identifier), field('name', alias(choice('min', 'max', 'abs'), $.identifier))),
    _member: () => token.immediate(NAME),
    identifier: () => NAME,
    date: () => /\d{4}-\d{2}(-\d{2})?/,
    number: () => /\d[\d_]*(\.\d[\d_]*)?/,
    string: () => /"[^"\n]*"/,
    comment: () => /#[^\r\n]*/,
    // Behind the tokens above, because of two that fit the same signs the first one counts: beside mistakes, where any
    // token may come, a word is an identifier first. `60` is a number, `24/7` and `2nd` are words.
    rule_name: () => /[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*/,
    fact_number: () => /\d[\d_]*(\.\d[\d_]*)?%?/,
    fact_word: () => new RegExp(`[${LETTER}0-9]+([-/'&][${LETTER}0-9]+)*`, 'u'),
  },
});
