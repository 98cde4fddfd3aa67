// The commands of the palette. Those that the language server answers are registered by its client.

import { basename, dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { Client } from './client';
import * as lines from './lines';
import type { Pages } from './pages';
import { run } from './program';

export function register(client: Client, pages: Pages): vscode.Disposable[] {
  const on = (name: string, act: (uri?: vscode.Uri) => Promise<void>) =>
    vscode.commands.registerCommand(`quidpro.${name}`, act);
  const print = (name: string, line: (contract: string) => string[]) =>
    on(name, async (uri) => {
      const contract = await saved(uri);
      if (contract !== undefined) await show(pages, name, contract, line(basename(contract)));
    });
  return [
    on('restart', () => client.restart()),
    on('showLog', async () => client.log.show()),
    on('invoice', (uri) => invoice(pages, uri)),
    on('explain', (uri) => explain(pages, uri)),
    on('check', () => check(pages)),
    print('review', (contract) => ['review', contract]),
    print('questions', (contract) => ['questions', contract]),
    print('test', (contract) => ['test', contract]),
  ];
}

async function invoice(pages: Pages, uri: vscode.Uri | undefined): Promise<void> {
  const contract = await saved(uri);
  const data = contract === undefined ? undefined : await dataOf(contract);
  if (contract === undefined || data === undefined) return;
  const every = 'All months';
  const known = await monthsOf(data);
  const month = known.length === 0 ? every : await vscode.window.showQuickPick([...known, every], { placeHolder: 'Which month?' });
  if (month === undefined) return;
  await show(pages, 'invoice', contract, lines.invoice(basename(contract), data, month === every ? undefined : month));
}

async function explain(pages: Pages, uri: vscode.Uri | undefined): Promise<void> {
  const contract = await saved(uri);
  const data = contract === undefined ? undefined : await dataOf(contract);
  if (contract === undefined || data === undefined) return;
  const known = await monthsOf(data);
  const month =
    known.length > 0
      ? await vscode.window.showQuickPick(known, { placeHolder: 'Which month?' })
      : await vscode.window.showInputBox({
          prompt: 'Which month?',
          placeHolder: '2026-02',
          validateInput: (text) => (lines.isMonth(text) ? undefined : 'A month is written as 2026-02'),
        });
  if (month === undefined) return;
  const line = await vscode.window.showInputBox({
    prompt: 'Which line? The name of a charge, credit, bonus or tax; nothing for the total',
    value: wordAtCursor(),
  });
  if (line === undefined) return;
  await show(pages, 'explain', contract, lines.explain(basename(contract), data, month, line.trim()));
}

async function check(pages: Pages): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) {
    await vscode.window.showInformationMessage('Open a folder with contracts to have all of them checked.');
    return;
  }
  await vscode.workspace.saveAll(false);
  await show(pages, 'check', folder, ['check', '.'], folder);
}

/** Runs the program where the contract lies, and shows what it prints. */
async function show(
  pages: Pages,
  command: string,
  about: string,
  line: string[],
  folder: string = dirname(about),
): Promise<void> {
  const where = { location: vscode.ProgressLocation.Window, title: `quidpro ${command}` };
  const ran = await vscode.window.withProgress(where, () => run(folder, line));
  await pages.show(lines.title(command, about), lines.page(ran));
}

/** The contract that a command is about, as it is saved on disk. */
async function saved(uri: vscode.Uri | undefined): Promise<string | undefined> {
  const document =
    uri === undefined ? vscode.window.activeTextEditor?.document : await vscode.workspace.openTextDocument(uri);
  if (document?.languageId !== 'quid') {
    await vscode.window.showInformationMessage('Open a contract first: a file that ends in `.quid`.');
    return undefined;
  }
  if (document.isUntitled || document.uri.scheme !== 'file' || (document.isDirty && !(await document.save()))) {
    await vscode.window.showInformationMessage('Save the contract first: the program reads it from disk.');
    return undefined;
  }
  return document.uri.fsPath;
}

/** The data file of a contract: the one of the settings, the one beside it, or one that is picked. */
async function dataOf(contract: string): Promise<string | undefined> {
  const uri = vscode.Uri.file(contract);
  const stated = vscode.workspace.getConfiguration('quidpro', uri).get<string>('data', '');
  if (stated !== '') return isAbsolute(stated) ? stated : join(dirname(contract), stated);
  for (const path of lines.dataBeside(contract)) {
    if (await exists(path)) return path;
  }
  const picked = await vscode.window.showOpenDialog({
    title: 'The data of the contract',
    defaultUri: vscode.Uri.file(dirname(contract)),
    filters: { Data: ['csv', 'json', 'xlsx'] },
  });
  return picked?.[0]?.fsPath;
}

async function exists(path: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.file(path));
    return true;
  } catch {
    return false;
  }
}

async function monthsOf(data: string): Promise<string[]> {
  if (!data.endsWith('.csv')) return [];
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.file(data));
  return lines.months(Buffer.from(bytes).toString('utf8'));
}

function wordAtCursor(): string {
  const editor = vscode.window.activeTextEditor;
  const at = editor?.document.getWordRangeAtPosition(editor.selection.active);
  return at === undefined ? '' : (editor?.document.getText(at) ?? '');
}
