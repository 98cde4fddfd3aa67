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

/** How tightly the parts of an expression hold together. */
const BINDS = { or: 1, and: 2, not: 3, compare: 4, behind: 5, sum: 6, product: 7, sign: 8 };

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
const title_and_clause = ($) =>
  optional(seq(field('title', $.string), optional(field('clause', $.string))));
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
  ],

  rules: {
    source_file: ($) => repeat(choice($.use, $.contract, $.library, $.amendment, $.waiver)),

    // ------------------------------------------------------------ files

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
        clause($),
        field('body', $.changes),
      ),
    changes: ($) => block(choice($.add, $.replace, $.remove, $.item, $.waiver)),
    add: ($) => seq('add', $.item),
    replace: ($) => seq('replace', $.item),
    remove: ($) => seq('remove', field('what', $.designation), clause($)),
    // The words by which an item is named end with the line.
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
        $.unit_item,
        $.dimension,
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
        $.tax,
        $.notice,
        $.partnership,
        $.scenario,
      ),

    // ------------------------------------------------------------ who, when, in which money

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
    part_months: ($) =>
      seq(phrase('part months'), one_of('by actual days', 'as months of 30 days', 'in full'), clause($)),

    // ------------------------------------------------------------ what is measured

    unit_item: ($) =>
      seq(
        'unit',
        field('name', $.identifier),
        optional(seq(',', field('plural', $.identifier))),
        optional('fractional'),
        clause($),
      ),

    dimension: ($) =>
      seq('dimension', $._declared, field('body', $.members), clause($)),
    members: ($) => seq('{', repeat(choice(field('member', $.identifier), ',', ';')), '}'),

    objective: ($) =>
      seq(
        'objective',
        field('name', $.identifier),
        title_and_clause($),
        field('body', $.objective_body),
        clause($),
      ),
    objective_body: ($) => block(choice($.purpose, $.measured_by)),
    purpose: ($) => seq('purpose', list($.identifier)),
    measured_by: ($) => seq('measured', 'by', list($.measured)),
    measured: ($) => seq($.path, optional(seq($.comparator, $._amount))),
    comparator: () =>
      choice('<', '<=', '<>', '>', '>=', '=', one_of('is', 'is not', 'below', 'above', 'at least', 'at most')),

    input: ($) =>
      seq(
        'input',
        $._declared,
        ':',
        field('type', $._type),
        repeat(seq(maybe_comma, $._input_part)),
      ),
    _input_part: ($) =>
      choice($.string, $.source, alias($._by_members, $.by_dimension), $.between, $.step, $.nominal, $.if_missing),
    source: ($) => seq('from', $.string),
    by_dimension: ($) => seq('by', field('name', $.identifier)),
    _by_members: ($) => seq('by', field('name', $.identifier), optional($.members)),
    between: ($) => seq('between', $._amount, 'and', $._amount),
    step: ($) => seq('to', $._amount),
    nominal: ($) => seq('nominal', $._amount),
    if_missing: ($) => seq(phrase('if missing'), maybe_comma, $._fallback),
    if_nothing: ($) => seq(phrase('if nothing to measure'), maybe_comma, $._fallback),
    _fallback: ($) =>
      choice(one_of('no value', 'no invoice', 'last known value'), $.average_of_last, $._value),
    average_of_last: ($) => seq(one_of('average of last', 'average of previous'), $._count, $._months),

    _type: ($) => choice($.flag_type, $.points_type, $.unit_type, $.scale),
    flag_type: () => phrase('yes or no'),
    points_type: () => one_of('percentage points', 'percentage point'),
    unit_type: ($) =>
      prec.right(seq($.identifier, optional(seq('per', $.identifier, repeat(seq(choice('and', 'per'), $.identifier)))))),
    scale: ($) => seq($._scale_end, 'to', $._scale_end),
    _scale_end: ($) => prec.right(seq(optional(choice('+', '-')), $.number, optional(choice('%', seq($._unit_ahead, $.unit))))),

    metric: ($) =>
      seq(
        'metric',
        $._declared,
        optional(
          seq(
            choice($._metric_part, seq(optional($.by_dimension), 'is', field('kind', $.identifier))),
            repeat(seq(maybe_comma, choice($._metric_part, field('clause', $.string)))),
          ),
        ),
        field('body', $.metric_body),
        clause($),
      ),
    _metric_part: ($) =>
      choice(
        $.direction,
        $.step,
        field('type', $._type),
        $.source,
        $.by_dimension,
        $.between,
        $._rounded,
        $.if_missing,
      ),
    direction: () => one_of('higher is better', 'lower is better'),
    metric_body: ($) =>
      seq('{', repeat($._metric_statement), optional(seq($.formula, repeat($._metric_statement))), '}'),
    _metric_statement: ($) => choice($.needs, $.if_missing, $.if_nothing, $._rounded, ';'),
    formula: ($) => seq(optional('='), $._value),
    needs: ($) => seq('needs', $._condition, optional(seq(maybe_comma, 'otherwise', $._fallback))),
    _rounded: ($) => seq($.rounded, $._amount_end),
    rounded: ($) => seq('rounded', $.rounding_mode, 'to', field('step', $._signed_simple)),

    let: ($) =>
      seq(
        'let',
        $._declared_each,
        optional(seq(':', field('type', $._type))),
        '=',
        field('value', $._value),
        clause($),
      ),

    scorecard: ($) =>
      seq(
        'scorecard',
        field('name', $.identifier),
        title_and_clause($),
        field('body', $.scorecard_body),
        clause($),
      ),
    scorecard_body: ($) => block(choice($.weight, $._rounded)),
    weight: ($) => seq($.number, optional('%'), field('metric', $.path), optional($.bands)),

    // ------------------------------------------------------------ what is paid

    charge: ($) =>
      seq(
        'charge',
        $._declared_each,
        $._pricing,
        optional($.once),
        optional($.advance),
        clause($),
      ),
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
      choice(
        $.baseline_block,
        $.card,
        $.tiers,
        $.packages,
        $.metered,
        seq(optional(choice('at', '=', ':')), $._value),
      ),
    once: ($) => seq('once', 'in', $.date),
    advance: ($) =>
      seq(
        maybe_comma,
        phrase('in advance'),
        'on',
        $._amount,
        maybe_comma,
        $.trued_up,
      ),
    trued_up: ($) => seq(phrase('trued up'), one_of('in the next month', 'the next month', ...EVERY)),
    at_cost: ($) =>
      seq(
        phrase('at cost of'),
        $._amount,
        repeat(choice($.cost_most, seq(maybe_comma, 'plus', $._amount))),
      ),
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

    // ------------------------------------------------------------ what quality is worth, what failure costs

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
    level_credit: ($) =>
      seq('credit', choice($.bands, seq($._value, optional(seq(',', 'critical', $._value))))),
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
            one_of(
              ...['months', 'quarters', 'years'].flatMap((p) => [`excused ${p} left out`, `excused ${p} counted`]),
            ),
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
        optional(
          seq(
            maybe_comma,
            one_of('to the average', 'to the mean of target and average'),
            optional($._rounded),
          ),
        ),
        optional(seq(maybe_comma, one_of('at most', 'at least'), $._amount)),
      ),
    terminate: ($) =>
      seq('terminate', 'after', $._count, one_of('failure', 'failures'), $._within),
    _within: ($) => seq('in', choice(phrase('a row'), seq($._count, $._months))),
    counts: ($) =>
      seq(phrase('counts from the'), $.ordinal, 'miss', 'in', $._count, $._months),
    ordinal: () => /\d+(st|nd|rd|th)/,
    tolerated: () =>
      seq(
        'tolerated',
        one_of('month', 'quarter', 'year'),
        one_of('breaks the run', 'keeps the run', 'extends the run'),
      ),
    persistent: ($) =>
      seq(
        'persistent',
        'after',
        $._count,
        one_of('failure', 'failures'),
        $._within,
        optional(
          seq(
            ':',
            $._value,
            optional(seq(maybe_comma, one_of('in place of the credit', 'on top of the credit'))),
          ),
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
        seq(
          phrase('in place of'),
          choice(phrase('all other credits'), several($)),
          optional(phrase('when critical')),
        ),
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

    index: ($) =>
      seq('index', several($), 'by', field('by', $.path), clause($), field('body', $.index_body), clause($)),
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
      prec.right(seq(
        'each',
        field('month', $.identifier),
        optional(seq('from', $.number)),
        optional(seq(phrase('with the value of'), field('value_of', $.identifier), optional('before'))),
      )),
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
      prec.right(seq(
        'from',
        $.date,
        'by',
        $.path,
        optional(seq(maybe_comma, $.number, phrase('linked to'), $.number)),
      )),

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
        clause($),
        field('body', $.share_gain_body),
        clause($),
      ),
    share_gain_body: ($) => block($.gain_band),
    gain_band: ($) =>
      choice(
        seq(field('side', choice('gain', 'pain')), choice('nothing', $._gain_share)),
        $._gain_share,
      ),
    _gain_share: ($) =>
      seq(
        optional(choice(seq(one_of('first', 'next', 'up to'), $._amount), 'beyond', 'otherwise')),
        optional(':'),
        $.share_of,
      ),

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
        'below',
        $._amount,
        optional(choice('each', 'together')),
        one_of('are dropped', 'are carried forward'),
        optional(seq(maybe_comma, $._at_the_end)),
      ),

    points: ($) =>
      seq(
        'points',
        $._declared_each,
        choice(
          seq('on', field('subject', $._amount)),
          seq(choice('=', ':'), field('amount', $._value)),
        ),
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

    minimum: ($) => seq('minimum', field('amount', $._value), optional($.every), clause($)),
    maximum: ($) => seq('maximum', field('amount', $._value), optional($.every), clause($)),

    tax: ($) => seq('tax', $._declared, optional('='), field('amount', $._value), clause($)),

    notice: ($) => seq('notice', $._declared, $.when, clause($)),

    commitment: ($) =>
      seq(
        'commitment',
        $._declared,
        $._committed,
        optional($._commitment_terms),
        clause($),
      ),
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
    released: ($) =>
      prec.right(
        seq(
          'released',
          optional($.every),
          optional(
            choice(
              seq(phrase('in full'), optional($.when)),
              seq('by', $._amount, clause($), optional($.bands)),
            ),
          ),
        ),
      ),

    // ------------------------------------------------------------ how the partnership works, and scenarios

    partnership: ($) =>
      seq(
        field(
          'kind',
          one_of(
            'training',
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
      seq('{', repeat($._fact_end), optional(seq($.fact, repeat(seq(repeat1($._fact_end), $.fact)), repeat($._fact_end))), '}'),
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
      seq(field('name', $.path), choice('=', ':'), list(field('value', choice('missing', $._stated)), 'then')),
    expect: ($) => seq('expect', list($.expectation)),
    expectation: ($) =>
      choice(
        seq(
          choice(
            seq(field('of', $.expected), field('name', $.path)),
            field('of', $.expected),
            field('name', $.path),
          ),
          choice('=', ':'),
          list(field('value', $._stated), 'then'),
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

    // ------------------------------------------------------------ bands

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

    // ------------------------------------------------------------ expressions

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
      choice(
        $._operand,
        $.negation,
        $.sum,
        $.product,
        $.steps,
        $.rounded_value,
        $.as_percent,
        $.if_known,
      ),
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
    _level: ($) => prec.right(seq($._signed_simple, optional(seq('of', $._simple)))),
    _count: ($) => choice($.number, $.path, $.parenthesized),

    parenthesized: ($) => seq('(', $._value, ')'),
    call: ($) => prec(1, seq(field('function', choice('min', 'max', 'abs')), '(', optional(list($._value)), ')')),
    total_of: ($) => seq($._total_ahead, 'total', $.path),
    flag: () => choice('yes', 'no'),
    by_agreement: () => phrase('by agreement'),
    builtin: () =>
      one_of('month of term', 'month of year', 'months in term', 'days in month', 'adjusted charges'),

    period_value: ($) =>
        seq(
          choice($._literal, $._named),
          $._period_ahead,
          'of',
          choice(
            one_of(
              'this month',
              'the month',
              'the quarter',
              'the calendar quarter',
              'the contract year',
              'the calendar year',
              'the term',
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
          optional(seq($._comparison_ahead, choice(seq($.comparator, $._level), seq('between', $._level, 'and', $._level)))),
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

    // ------------------------------------------------------------ names and tokens

    path: ($) =>
      prec.right(seq($._reference, optional(seq(token.immediate('.'), field('member', alias($._member, $.identifier)))))),
    // Words that begin a form of their own where another word follows, and are names where none does.
    _reference: ($) => choice(field('name', $.identifier), field('name', alias(choice('min', 'max', 'abs'), $.identifier))),
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
