// What is asked of the program, and how its answer is shown. Plain functions, so that they are tested without an editor.

import { basename } from 'node:path';

/** What the program printed. Without a code it did not run. */
export interface Ran {
  readonly code: number | undefined;
  readonly out: string;
  readonly told: string;
}

/** What the language server does itself, with the contract as it stands in the editor. */
const SERVER_COMMANDS = ['quidpro.runScenario', 'quidpro.amounts', 'quidpro.payoutCurve'];

export function isServerCommand(command: string): boolean {
  return SERVER_COMMANDS.includes(command);
}

export function invoice(contract: string, data: string, month: string | undefined): string[] {
  return ['invoice', contract, '--data', data, ...(month === undefined ? [] : ['--month', month])];
}

export function explain(contract: string, data: string, month: string, line: string): string[] {
  return ['explain', contract, '--data', data, '--month', month, ...(line === '' ? [] : ['--line', line])];
}

/** The data files that may lie beside a contract, the likeliest first. */
export function dataBeside(contract: string): string[] {
  const stem = contract.replace(/\.quid$/, '');
  const folder = contract.slice(0, contract.length - basename(contract).length);
  const endings = ['.csv', '.json', '.xlsx'];
  return [...endings.map((ending) => stem + ending), ...endings.map((ending) => `${folder}data${ending}`)];
}

/** The months of a data file in CSV, the newest first, each once. */
export function months(csv: string): string[] {
  const found = new Set<string>();
  for (const line of csv.split(/\r?\n/)) {
    const month = /(?:^|[,;\t])"?(\d{4}-\d{2})(?:-\d{2})?"?(?=[,;\t]|$)/.exec(line)?.[1];
    if (month !== undefined) found.add(month);
  }
  return [...found].sort().reverse();
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** The page that an answer makes: what was printed, and below it what was told about it. */
export function page(ran: Ran): string {
  const parts = [ran.out, ran.told].map((part) => part.trimEnd()).filter((part) => part !== '');
  return `${parts.join('\n\n')}\n`;
}

/** The name of the page of a command on a file. */
export function title(command: string, file: string): string {
  return `${basename(file).replace(/\.quid$/, '')} – ${command}`;
}
