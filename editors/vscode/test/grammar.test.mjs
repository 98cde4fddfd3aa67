// The TextMate grammar colours every contract of the repository.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { contracts, repository, tokens } from './grammar.mjs';

const all = contracts();

/** The words that are never names. */
const reserved = new Set(
  /RESERVED\[\] =\s*((?:"[^"]*"\s*)+)/
    .exec(readFileSync(join(repository, 'editors/tree-sitter-quid/src/scanner.c'), 'utf8'))[1]
    .replaceAll('"', '')
    .split(/\s+/)
    .filter(Boolean),
);

test('contracts are found, and reserved words', () => {
  assert.ok(all.length > 40);
  assert.ok(reserved.has('charge') && reserved.size > 70);
});

for (const { path, text } of all) {
  const name = path.slice(repository.length + 1);
  test(name, () => {
    const { found, ended } = tokens(text);
    assert.equal(ended.depth, 1, 'a block is still open at the end of the file');
    for (const token of found) {
      const place = `${name}:${token.line}: \`${token.text}\` is ${token.scope}`;
      const inText = token.scopes.some((scope) => /^(string|comment)\./.test(scope));
      const inFacts = token.scopes.includes('meta.partnership.quid');
      assert.notEqual(token.scope, 'source.quid', place);
      if (inText) continue;
      const words = token.text.trim();
      if (/^#/.test(words)) assert.fail(`${place}, which is a comment`);
      if (/^"/.test(words)) assert.fail(`${place}, which is a text`);
      if (/^\d/.test(words)) assert.match(token.scope, /^constant\.numeric|^support\.type/, place);
      if (!inFacts && reserved.has(words)) assert.match(token.scope, /^(keyword|support|constant)\./, place);
    }
  });
}

test('comments reach to the end of their line, and texts from mark to mark', () => {
  for (const { path, text } of all) {
    const lines = text.split('\n');
    for (const token of tokens(text).found) {
      const line = lines[token.line - 1];
      const before = line.slice(0, token.start).replace(/"[^"]*"/g, '');
      const commented = before.includes('#');
      assert.equal(token.scopes.includes('comment.line.number-sign.quid'), commented || token.text.startsWith('#'), `${path}:${token.line}`);
    }
  }
});

test('every name that is declared is shown as declared', () => {
  const declared = /^\s*(?:add |replace )?(?:input|metric|let|charge|scorecard|objective|service level|commitment|holdback|points|tax|at risk)\s+([a-z_]\w*)\s*["=:{]/;
  for (const { path, text } of all) {
    const read = tokens(text).found;
    text.split('\n').forEach((line, at) => {
      const name = declared.exec(line)?.[1];
      if (name === undefined) return;
      const token = read.find((token) => token.line === at + 1 && token.text === name);
      assert.match(token?.scope ?? 'none', /^entity\.name\.function/, `${path}:${at + 1}: ${name}`);
    });
  }
});
