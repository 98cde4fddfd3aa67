// Looks ahead where one word is not enough to tell how a contract goes on.
//
// Nearly every word of the language is also a fine name: `points` begins an item, and is a unit; `below` compares, and
// begins a band. The program's grammar (grammar/quidpro.pest) decides by what follows. So does this scanner: it reads up to
// six words ahead and says, with a token of no width, what stands there. It keeps no state.
//
// The names of the functions are those of the rules in the program's grammar.

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

#include <string.h>

enum Mark {
  VALUE_END,
  AMOUNT_END,
  STATED_END,
  UNIT_AHEAD,
  UNIT_PER_AHEAD,
  UNIT_AND_AHEAD,
  TOTAL_AHEAD,
  PERIOD_AHEAD,
  COMPARISON_AHEAD,
  POOL_NAME_AHEAD,
  DESIGNATION_END,
  ERROR,
};

enum { AHEAD = 6, LONGEST = 24 };

typedef enum { NOTHING, WORD, NUMBER, DATE, TEXT, SIGN } Kind;

typedef struct {
  Kind kind;
  char text[LONGEST];
  bool capital;
  // Whether it stands in the line of the piece before it.
  bool same_line;
} Piece;

typedef struct {
  TSLexer *lexer;
  Piece pieces[AHEAD];
  int count;
} Reader;

// ---------------------------------------------------------------- pieces

static bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

static bool is_letter(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80; }

static bool is_blank(int32_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static void step(TSLexer *lexer) { lexer->advance(lexer, false); }

static bool skip_blanks(TSLexer *lexer) {
  bool same_line = true;
  while (!lexer->eof(lexer)) {
    if (lexer->lookahead == '#') {
      while (!lexer->eof(lexer) && lexer->lookahead != '\n') step(lexer);
    } else if (is_blank(lexer->lookahead)) {
      same_line = same_line && lexer->lookahead != '\n';
      step(lexer);
    } else {
      break;
    }
  }
  return same_line;
}

static void read_word(TSLexer *lexer, Piece *piece) {
  piece->kind = WORD;
  piece->capital = lexer->lookahead >= 'A' && lexer->lookahead <= 'Z';
  int at = 0;
  while (!lexer->eof(lexer) && (is_letter(lexer->lookahead) || is_digit(lexer->lookahead))) {
    // A longer word, or one with letters of other alphabets, is none of the language's.
    if (at < LONGEST - 1) piece->text[at++] = lexer->lookahead < 0x80 ? (char)lexer->lookahead : '?';
    step(lexer);
  }
  piece->text[at] = 0;
}

static void read_number(TSLexer *lexer, Piece *piece) {
  piece->kind = NUMBER;
  int digits = 0;
  for (; is_digit(lexer->lookahead) || lexer->lookahead == '_'; digits++) step(lexer);
  if (digits == 4 && lexer->lookahead == '-') piece->kind = DATE;
}

static void read_text(TSLexer *lexer, Piece *piece) {
  piece->kind = TEXT;
  step(lexer);
  while (!lexer->eof(lexer) && lexer->lookahead != '"' && lexer->lookahead != '\n') step(lexer);
  if (lexer->lookahead == '"') step(lexer);
}

static void read_piece(TSLexer *lexer, Piece *piece) {
  memset(piece, 0, sizeof *piece);
  piece->same_line = skip_blanks(lexer);
  if (lexer->eof(lexer)) return;
  int32_t c = lexer->lookahead;
  if (is_letter(c)) {
    read_word(lexer, piece);
  } else if (is_digit(c)) {
    read_number(lexer, piece);
  } else if (c == '"') {
    read_text(lexer, piece);
  } else {
    piece->kind = SIGN;
    piece->text[0] = c < 0x80 ? (char)c : '?';
    step(lexer);
  }
}

static const Piece *piece(Reader *reader, int at) {
  static const Piece nothing = {NOTHING, "", false, false};
  if (at >= AHEAD) return &nothing;
  while (reader->count <= at) read_piece(reader->lexer, &reader->pieces[reader->count++]);
  return &reader->pieces[at];
}

static bool is(Reader *reader, int at, const char *text) {
  const Piece *found = piece(reader, at);
  return (found->kind == WORD || found->kind == SIGN) && strcmp(found->text, text) == 0;
}

static bool is_word(Reader *reader, int at) { return piece(reader, at)->kind == WORD; }

static bool same_line(Reader *reader, int at) { return piece(reader, at)->same_line; }

/** Whether the piece is one of the words, which stand between blanks. */
static bool is_one(Reader *reader, int at, const char *words) {
  const Piece *found = piece(reader, at);
  if (found->kind != WORD && found->kind != SIGN) return false;
  size_t length = strlen(found->text);
  for (const char *from = words; (from = strstr(from, found->text)); from += length) {
    if ((from == words || from[-1] == ' ') && (from[length] == ' ' || from[length] == 0)) return true;
  }
  return false;
}

// ---------------------------------------------------------------- words that are not what they seem

// (written from the words of the language)
static const char RESERVED[] =
    "above adjust and as at bands below between beyond bonus by charge contract credit currency customer dimension "
    "each else escalation exit expect feedback flat for from given governance graduated if in input invoice is "
    "knowledge let library limit maximum measurement metric minimum needs no not notice objective of on once or "
    "otherwise over per previous renewal round rounded scenario scorecard service supplier tax term then to tools "
    "training transition unit use volume waive when with yes";
// (to here)

static const char NEVER_UNITS[] =
    "full first exact excused earn started next repeated terminate target critical commitment percentage purpose measured "
    "nominal higher holdback lower x up";

// (written from the catalogue of clauses)
static const char ITEMS[] =
    "adjust at bonus bonuses charge commitment contract credit credits currency customer dimension escalation exit "
    "feedback governance holdback index input invoice knowledge let library limit maximum measurement metric minimum "
    "notice objective only part points quality records renewal retention round scenario scorecard service share "
    "supplier tax term tools training transition unit use waive";
// (to here)

static bool points_ahead(Reader *reader, int at) {
  if (!is(reader, at, "points") || !same_line(reader, at + 1) || !is_word(reader, at + 1)) return false;
  if (is_one(reader, at + 1, RESERVED) || !same_line(reader, at + 2)) return false;
  return piece(reader, at + 2)->kind == TEXT || is_one(reader, at + 2, "= : { on by each");
}

static bool index_ahead(Reader *reader, int at) {
  return is(reader, at, "index") && same_line(reader, at + 1) && is_word(reader, at + 1) && same_line(reader, at + 2) &&
         is_one(reader, at + 2, ", and by");
}

static bool share_ahead(Reader *reader, int at) {
  return is(reader, at, "share") && same_line(reader, at + 1) && is_one(reader, at + 1, "currency gain");
}

static bool quality_ahead(Reader *reader, int at) {
  return is(reader, at, "quality") && same_line(reader, at + 1) && is(reader, at + 1, "assurance");
}

static bool awards_ahead(Reader *reader, int at) {
  if (!is_one(reader, at, "credits bonuses") || !same_line(reader, at + 1)) return false;
  if (is(reader, at + 1, "applied")) return true;
  if (is(reader, at + 1, "below")) return piece(reader, at + 2)->kind == NUMBER;
  return is(reader, at + 1, "and") && is_one(reader, at + 2, "credits bonuses") && is(reader, at + 3, "applied");
}

static bool only_ahead(Reader *reader, int at) {
  return is(reader, at, "only") && is(reader, at + 1, "the") && is_one(reader, at + 2, "largest one");
}

static bool language_ahead(Reader *reader, int at) {
  return is(reader, at, "language") && same_line(reader, at + 1) && piece(reader, at + 1)->kind == NUMBER;
}

static bool level_ahead(Reader *reader, int at) {
  return (is_one(reader, at, "raised lowered persistent") && is(reader, at + 1, "after")) ||
         (is(reader, at, "counts") && is(reader, at + 1, "from")) ||
         (is(reader, at, "tolerated") && is_one(reader, at + 1, "month quarter year")) ||
         (is(reader, at, "applied") && is(reader, at + 1, "to"));
}

static bool change_ahead(Reader *reader, int at) {
  return is_one(reader, at, "add replace remove") && same_line(reader, at + 1) && is_one(reader, at + 1, ITEMS);
}

static bool not_unit(Reader *reader, int at) {
  return is_one(reader, at, RESERVED) || is_one(reader, at, NEVER_UNITS) ||
         (is(reader, at, "part") && is(reader, at + 1, "months")) || level_ahead(reader, at) || change_ahead(reader, at) ||
         awards_ahead(reader, at) || only_ahead(reader, at) || points_ahead(reader, at) || index_ahead(reader, at) ||
         share_ahead(reader, at) || quality_ahead(reader, at) || language_ahead(reader, at);
}

// ---------------------------------------------------------------- what stands ahead

static bool unit_ahead(Reader *reader) {
  return is_word(reader, 0) && (piece(reader, 0)->capital || !not_unit(reader, 0));
}

// In a scenario, values stand side by side: `given calls = 5 claims = 3`.
static bool next_assignment(Reader *reader) {
  int behind = is(reader, 1, ".") ? 3 : 1;
  return is_word(reader, 0) && is_one(reader, behind, "= :");
}

static bool steps_ahead(Reader *reader, int at) {
  return is_one(reader, at, "full started exact") || (is(reader, at + 1, "or") && is(reader, at + 2, "part"));
}

static bool unit_per_ahead(Reader *reader) {
  return is(reader, 0, "per") && is_word(reader, 1) && !steps_ahead(reader, 1);
}

static bool unit_and_ahead(Reader *reader) {
  return is(reader, 0, "and") && is_word(reader, 1) && (piece(reader, 1)->capital || !not_unit(reader, 1)) &&
         !is_one(reader, 2, ". ( + - * / < > = is below above at between of or and");
}

static bool total_ahead(Reader *reader) {
  return is(reader, 0, "total") && is_word(reader, 1) && !not_unit(reader, 1);
}

static bool period_ahead(Reader *reader) {
  if (!is(reader, 0, "of")) return false;
  if (is(reader, 1, "this")) return is(reader, 2, "month");
  return is(reader, 1, "the") && is_one(reader, 2, "month quarter calendar contract term last whole");
}

static bool comparator_ahead(Reader *reader) {
  return is_one(reader, 0, "< > = below above is") || (is(reader, 0, "at") && is_one(reader, 1, "least most"));
}

static bool comparison_ahead(Reader *reader) { return comparator_ahead(reader) || is(reader, 0, "between"); }

static bool pool_name_ahead(Reader *reader) {
  return is_word(reader, 0) && is(reader, piece(reader, 1)->kind == TEXT ? 2 : 1, "=");
}

static bool designation_end(Reader *reader) {
  const Piece *next = piece(reader, 0);
  if (is(reader, 0, ",")) {
    return (is(reader, 1, "what") && is(reader, 2, "is") && is(reader, 3, "open")) ||
           (is(reader, 1, "pro") && is(reader, 2, "rata")) || (is(reader, 1, "in") && is(reader, 2, "full"));
  }
  return !next->same_line || next->kind == TEXT || next->kind == NOTHING || is_one(reader, 0, "; } {");
}

// What leads on in any expression, dates and `at first` behind a comma included.
static bool leads_on(Reader *reader, bool dated) {
  if (is_one(reader, 0, "+ - * / % . ( of")) return true;
  if (is(reader, 0, ",")) {
    return (dated && is(reader, 1, "from") && piece(reader, 2)->kind == DATE) ||
           (is(reader, 1, "at") && is(reader, 2, "first"));
  }
  return is_one(reader, 0, "per rounded percentage x") || (is(reader, 0, "as") && is(reader, 1, "percent")) ||
         (is(reader, 0, "if") && is(reader, 1, "known")) || (is(reader, 0, "so") && is(reader, 1, "far")) ||
         (is(reader, 0, "or") && is(reader, 1, "part") && is(reader, 2, "of"));
}

static bool leads_on_in_value(Reader *reader) { return comparison_ahead(reader) || is_one(reader, 0, "and or"); }

static bool mark(TSLexer *lexer, enum Mark found) {
  lexer->result_symbol = (TSSymbol)found;
  return true;
}

static bool scan(TSLexer *lexer, const bool *valid) {
  Reader reader = {.lexer = lexer, .count = 0};
  if (valid[DESIGNATION_END] && designation_end(&reader)) return mark(lexer, DESIGNATION_END);
  if (valid[POOL_NAME_AHEAD] && pool_name_ahead(&reader)) return mark(lexer, POOL_NAME_AHEAD);
  if (valid[TOTAL_AHEAD] && total_ahead(&reader)) return mark(lexer, TOTAL_AHEAD);
  if (valid[UNIT_AHEAD] && unit_ahead(&reader) && !(valid[STATED_END] && next_assignment(&reader))) {
    return mark(lexer, UNIT_AHEAD);
  }
  if (valid[UNIT_PER_AHEAD] && unit_per_ahead(&reader)) return mark(lexer, UNIT_PER_AHEAD);
  if (valid[UNIT_AND_AHEAD] && unit_and_ahead(&reader)) return mark(lexer, UNIT_AND_AHEAD);
  if (valid[PERIOD_AHEAD] && period_ahead(&reader)) return mark(lexer, PERIOD_AHEAD);
  if (valid[COMPARISON_AHEAD] && comparison_ahead(&reader)) return mark(lexer, COMPARISON_AHEAD);
  if (valid[VALUE_END]) return !leads_on(&reader, true) && !leads_on_in_value(&reader) && mark(lexer, VALUE_END);
  if (valid[AMOUNT_END]) return !leads_on(&reader, true) && mark(lexer, AMOUNT_END);
  if (valid[STATED_END]) return !leads_on(&reader, false) && mark(lexer, STATED_END);
  return false;
}

// ---------------------------------------------------------------- what tree-sitter calls

void *tree_sitter_quid_external_scanner_create(void) { return NULL; }

void tree_sitter_quid_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_quid_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_quid_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

bool tree_sitter_quid_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  (void)payload;
  // While it recovers from a mistake, tree-sitter asks for everything at once.
  if (valid_symbols[ERROR]) return false;
  // What ends, ends before the blanks; what begins, begins behind them, and behind a comment, which is read first.
  if (valid_symbols[TOTAL_AHEAD]) {
    while (is_blank(lexer->lookahead)) lexer->advance(lexer, true);
    if (lexer->lookahead == '#') return false;
  }
  lexer->mark_end(lexer);
  return scan(lexer, valid_symbols);
}
