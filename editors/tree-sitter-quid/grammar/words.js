/**
 * @file What the rules are put together from.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const EVERY = ['each month', 'each quarter', 'each contract year', 'each calendar year'];

const LETTER = 'a-zA-Z_\\u{80}-\\u{10FFFF}';
const NAME = new RegExp(`[${LETTER}][${LETTER}0-9]*`, 'u');

/**
 * Words that stand together, with blanks, line ends and comments between them.
 * @param {string} words
 */
function phrase(words) {
  return alias(token(new RegExp(words.split(' ').join('(\\s|#[^\\n]*\\n)+'))), words);
}

/**
 * One of several words or phrases.
 * @param {...string} all
 */
function one_of(...all) {
  return choice(...all.map((words) => (words.includes(' ') ? phrase(words) : words)));
}

/**
 * @param {RuleOrLiteral} rule
 * @param {RuleOrLiteral} [join]
 */
function list(rule, join = ',') {
  return seq(rule, repeat(seq(join, rule)));
}

/** @param {GrammarSymbols<string>} $ */
const several = ($) => list(field('target', $.path), choice(',', 'and'));
/** @param {GrammarSymbols<string>} $ */
const title = ($) => optional(field('title', $.string));
/** @param {GrammarSymbols<string>} $ */
const title_and_clause = ($) => optional(seq(field('title', $.string), optional(field('clause', $.string))));
/** @param {GrammarSymbols<string>} $ */
const clause = ($) => optional(field('clause', $.string));
const maybe_comma = optional(',');

/**
 * What stands between braces.
 * @param {RuleOrLiteral} statement
 */
function block(statement) {
  return seq('{', repeat(choice(statement, ';')), '}');
}

module.exports = {
  EVERY,
  LETTER,
  NAME,
  phrase,
  one_of,
  list,
  several,
  title,
  title_and_clause,
  clause,
  maybe_comma,
  block,
};
