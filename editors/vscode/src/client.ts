// The language server: `quidpro lsp`, talked to over its standard input and output.

import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { isServerCommand } from './lines';
import type { Pages } from './pages';
import { program } from './program';

export class Client {
  private client: LanguageClient | undefined;
  readonly log = vscode.window.createOutputChannel('Quidpro Language Server', { log: true });

  constructor(private readonly pages: Pages) {}

  async start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration('quidpro');
    const command = program();
    const server: ServerOptions = { command, args: settings.get<string[]>('args', ['lsp']) };
    const client = new LanguageClient('quidpro', 'Quidpro', server, this.options());
    this.client = client;
    try {
      await client.start();
      await vscode.commands.executeCommand('setContext', 'quidpro.serverRunning', true);
    } catch (error) {
      this.client = undefined;
      await this.explain(command, error);
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await vscode.commands.executeCommand('setContext', 'quidpro.serverRunning', false);
    await client?.dispose();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: 'file', language: 'quid' },
        { scheme: 'untitled', language: 'quid' },
      ],
      outputChannel: this.log,
      initializationOptions: vscode.workspace.getConfiguration('quidpro'),
      synchronize: {
        configurationSection: 'quidpro',
        fileEvents: vscode.workspace.createFileSystemWatcher('**/*.{quid,csv,toml}'),
      },
      middleware: {
        // The server's commands are asked for from lines above clauses, and from the palette, where they have no arguments.
        executeCommand: async (command, given, next) => {
          if (!isServerCommand(command)) return next(command, given);
          const about = given.length > 0 ? given : await this.about(command);
          if (about === undefined) return undefined;
          const answer: { text?: string } | undefined = await next(command, about);
          if (answer?.text !== undefined) await this.pages.show(command.slice('quidpro.'.length), answer.text);
          return answer;
        },
      },
    };
  }

  /** What a command of the palette is about: the contract in the editor, and the name at the cursor or one that is typed. */
  private async about(command: string): Promise<unknown[] | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== 'quid') return undefined;
    const uri = editor.document.uri.toString();
    if (command !== 'quidpro.payoutCurve') return [uri];
    const at = editor.document.getWordRangeAtPosition(editor.selection.active);
    const name = await vscode.window.showInputBox({
      prompt: 'Whose payout curve? The name of a service level, credit, bonus or adjusted charge',
      value: at === undefined ? '' : editor.document.getText(at),
    });
    return name === undefined ? undefined : [uri, name];
  }

  private async explain(command: string, error: unknown): Promise<void> {
    this.log.error(String(error));
    const settings = 'Set the Path';
    const chosen = await vscode.window.showErrorMessage(
      `The program \`${command}\` could not be started as a language server. Colours, snippets and folding work without it.`,
      settings,
      'Show the Log',
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'quidpro.path');
    } else if (chosen !== undefined) {
      this.log.show();
    }
  }
}
