// Reads texts with the TextMate grammar as VS Code does.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const oniguruma = require('vscode-oniguruma');
const textmate = require('vscode-textmate');

export const extension = dirname(dirname(fileURLToPath(import.meta.url)));
export const repository = dirname(dirname(extension));

const grammar = await load();

async function load() {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      if (scope !== 'source.quid') return null;
      const path = join(extension, 'syntaxes/quid.tmLanguage.json');
      return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
  });
  return registry.loadGrammar('source.quid');
}

/** The words and signs of a text, each with its line and innermost scope. */
export function tokens(text) {
  const found = [];
  let state = textmate.INITIAL;
  text.split('\n').forEach((line, at) => {
    const read = grammar.tokenizeLine(line, state);
    state = read.ruleStack;
    for (const token of read.tokens) {
      const shown = line.slice(token.startIndex, token.endIndex);
      if (shown.trim() !== '') {
        found.push({ line: at + 1, start: token.startIndex, text: shown, scope: token.scopes.at(-1) ?? '', scopes: token.scopes });
      }
    }
  });
  return { found, ended: state };
}

/** Every contract of the repository, and the text of its tests that has every form. */
export function contracts() {
  return [...ofFolder(join(repository, 'contracts')), ...ofFolder(join(repository, 'tests/syntax'))];
}

function ofFolder(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.name.endsWith('.quid'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}
