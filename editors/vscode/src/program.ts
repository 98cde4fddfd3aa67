// Runs the program, and gives what it printed.

import { execFile } from 'node:child_process';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { Ran } from './lines';

/** The most that is kept of what the program prints. */
const MOST = 16 * 1024 * 1024;

/** The program as the settings name it: a relative path stands for one in the workspace. */
export function program(): string {
  const path = vscode.workspace.getConfiguration('quidpro').get<string>('path', 'quidpro');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const isRelative = /[/\\]/.test(path) && !isAbsolute(path);
  return isRelative && folder !== undefined ? join(folder, path) : path;
}

/** Runs the program in a folder. It never fails: what went wrong is part of what is shown. */
export function run(folder: string, line: readonly string[]): Promise<Ran> {
  const command = program();
  return new Promise((resolve) => {
    execFile(command, [...line], { cwd: folder, maxBuffer: MOST, windowsHide: true }, (error, out, told) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : undefined;
      resolve({ code, out, told: code === undefined ? `${command}: ${error?.message ?? ''}` : told });
    });
  });
}
