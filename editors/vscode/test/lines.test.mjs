// What is asked of the program, and how its answers are shown.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataBeside, explain, invoice, isMonth, isServerCommand, months, page, title } from '../out/lines.mjs';

test('an invoice is of one month, or of all', () => {
  assert.deepEqual(invoice('a.quid', 'a.csv', undefined), ['invoice', 'a.quid', '--data', 'a.csv']);
  assert.deepEqual(invoice('a.quid', 'a.csv', '2026-02'), ['invoice', 'a.quid', '--data', 'a.csv', '--month', '2026-02']);
});

test('an explanation is of a line, or of the total', () => {
  const total = ['explain', 'a.quid', '--data', 'a.csv', '--month', '2026-02'];
  assert.deepEqual(explain('a.quid', 'a.csv', '2026-02', ''), total);
  assert.deepEqual(explain('a.quid', 'a.csv', '2026-02', 'speed'), [...total, '--line', 'speed']);
});

test('the data of the contract comes before the data of the folder', () => {
  assert.deepEqual(dataBeside('/c/desk.quid').slice(0, 4), ['/c/desk.csv', '/c/desk.json', '/c/desk.xlsx', '/c/data.csv']);
  assert.equal(dataBeside('desk.quid')[3], 'data.csv');
});

test('months are read from data as it is written, the newest first', () => {
  assert.deepEqual(months('month,calls\n2026-01,5\n2026-02,7\n2026-02,8\n'), ['2026-02', '2026-01']);
  assert.deepEqual(months('account;month;calls\r\nnorth;2026-01;5\r\n"south";"2025-12";7\r\n'), ['2026-01', '2025-12']);
  assert.deepEqual(months('month,phone\nlast,2026-011\n'), []);
  assert.deepEqual(months(''), []);
});

test('a month has twelve numbers', () => {
  assert.ok(isMonth('2026-12') && !isMonth('2026-13') && !isMonth('2026-1'));
});

test('a page has what was printed, and below it what was told', () => {
  assert.equal(page({ code: 0, out: 'Total 5\n', told: '' }), 'Total 5\n');
  assert.equal(page({ code: 1, out: 'Total 5\n', told: 'refused\n\n' }), 'Total 5\n\nrefused\n');
  assert.equal(page({ code: undefined, out: '', told: 'quidpro: not found' }), 'quidpro: not found\n');
  assert.equal(title('invoice', '/c/desk.quid'), 'desk – invoice');
});

test('three commands belong to the language server', () => {
  assert.ok(isServerCommand('quidpro.amounts') && !isServerCommand('quidpro.invoice'));
});
