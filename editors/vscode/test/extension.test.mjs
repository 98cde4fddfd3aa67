// The extension as it is shipped, in a stand-in for the editor: what it contributes is there, and what it registers fits.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { editor, load } from './editor.mjs';
import { extension } from './grammar.mjs';

const manifest = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
const contributed = manifest.contributes.commands.map(({ command }) => command);
const ofServer = ['quidpro.runScenario', 'quidpro.amounts', 'quidpro.payoutCurve'];

test('every file that the manifest names is there', () => {
  const named = JSON.stringify(manifest).match(/"(?:\.\/)?(?:images|syntaxes|snippets|walkthrough)\/[^"]+"|"\.\/language-configuration\.json"/g);
  assert.ok(named.length >= 10);
  for (const path of named) assert.ok(statSync(join(extension, JSON.parse(path))).isFile());
});

test('the settings have a meaning, a default and a type', () => {
  for (const [name, setting] of Object.entries(manifest.contributes.configuration.properties)) {
    assert.match(name, /^quidpro\./);
    assert.ok('default' in setting && setting.type && (setting.description ?? setting.markdownDescription), name);
  }
});

test('every command is registered, by the extension or by its language server', async () => {
  const host = editor({ settings: { path: '/nowhere/quidpro' } });
  await load(host).activate(host.context).started;
  const expected = contributed.filter((command) => !ofServer.includes(command)).sort();
  assert.deepEqual([...host.commands.keys()].sort(), expected);
  assert.ok(ofServer.every((command) => contributed.includes(command)));
});

test('where the program is not found, the user is told, and the rest goes on', async () => {
  const host = editor({ settings: { path: '/nowhere/quidpro' } });
  await load(host).activate(host.context).started;
  assert.match(host.told.join('\n'), /`\/nowhere\/quidpro` could not be started/);
});

test('a command runs the program where the contract lies, and shows what it prints', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quidpro-'));
  try {
    const contract = join(folder, 'desk.quid');
    const program = join(folder, 'program');
    writeFileSync(contract, 'contract desk {}\n');
    writeFileSync(join(folder, 'desk.csv'), 'month,calls\n2026-01,5\n2026-02,7\n');
    writeFileSync(program, '#!/bin/sh\necho "$*"\necho told >&2\nexit 1\n', { mode: 0o755 });
    const host = editor({ settings: { path: '/nowhere/quidpro' }, document: contract, picks: ['2026-01'], inputs: ['speed'] });
    await load(host).activate(host.context).started;
    host.settings.path = program;
    await host.commands.get('quidpro.review')();
    await host.commands.get('quidpro.invoice')();
    host.picks.push('2026-02');
    await host.commands.get('quidpro.explain')();
    assert.deepEqual(host.shown(), {
      'desk – review': 'review desk.quid\n\ntold\n',
      'desk – invoice': `invoice desk.quid --data ${join(folder, 'desk.csv')} --month 2026-01\n\ntold\n`,
      'desk – explain': `explain desk.quid --data ${join(folder, 'desk.csv')} --month 2026-02 --line speed\n\ntold\n`,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('snippets have a prefix, a description and a body, and no two the same name', () => {
  const snippets = JSON.parse(readFileSync(join(extension, 'snippets/quid.json'), 'utf8'));
  for (const [name, snippet] of Object.entries(snippets)) {
    assert.ok(snippet.prefix && snippet.description && snippet.body.length > 0, name);
  }
  const prefixes = new Set(Object.values(snippets).map(({ prefix }) => prefix.split(' ')[0]));
  for (const word of ['contract', 'charge', 'service', 'scenario', 'limit', 'training']) assert.ok(prefixes.has(word), word);
});
