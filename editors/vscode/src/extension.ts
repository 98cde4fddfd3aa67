// The extension: it starts the language server, and has a command for each thing that the program prints.

import * as vscode from 'vscode';
import { Client } from './client';
import { register } from './commands';
import { Pages } from './pages';

let client: Client | undefined;

/** The commands are there at once; the language server may take longer, and its start is what is given back. */
export function activate(context: vscode.ExtensionContext): { started: Promise<void> } {
  const pages = new Pages();
  client = new Client(pages);
  context.subscriptions.push(pages, ...register(client, pages));
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('quidpro.path') || change.affectsConfiguration('quidpro.args')) {
        void client?.restart();
      }
    }),
  );
  return { started: client.start() };
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
