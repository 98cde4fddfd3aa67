// A stand-in for the editor: as much of the module `vscode` as the extension and its language client ask for.

import { createRequire } from 'node:module';
import Module from 'node:module';
import { join } from 'node:path';
import { extension } from './grammar.mjs';

const require = createRequire(import.meta.url);

/** A host with its settings, the contract that is open, and what the user will pick and type. */
export function editor({ settings = {}, document, picks = [], inputs = [] }) {
  const told = [];
  const pages = [];
  const commands = new Map();
  let content;
  const open = document && {
    document: {
      languageId: 'quid',
      isUntitled: false,
      isDirty: false,
      uri: uri('file', document),
      getWordRangeAtPosition: () => undefined,
    },
    selection: { active: {} },
  };
  const nothing = () => ({ dispose() {} });
  const vscode = stand({
    Uri: { from: ({ scheme, path }) => uri(scheme, path), file: (path) => uri('file', path), parse: (text) => uri('file', text) },
    EventEmitter: class {
      listeners = [];
      event = (listener) => (this.listeners.push(listener), nothing());
      fire(value) {
        for (const listener of this.listeners) listener(value);
      }
      dispose() {}
    },
    commands: {
      registerCommand: (name, act) => (commands.set(name, act), nothing()),
      executeCommand: async () => undefined,
    },
    window: {
      activeTextEditor: open,
      createOutputChannel: () => stand({ logLevel: 2, append() {}, appendLine() {}, error() {}, info() {}, show() {}, dispose() {}, onDidChangeLogLevel: nothing }),
      showErrorMessage: async (text) => void told.push(text),
      showInformationMessage: async (text) => void told.push(text),
      showQuickPick: async () => picks.shift(),
      showInputBox: async () => inputs.shift(),
      withProgress: (_, work) => work(),
      showTextDocument: async (shown) => void pages.push(shown),
    },
    workspace: {
      workspaceFolders: undefined,
      getConfiguration: () => ({ get: (name, other) => settings[name] ?? other }),
      registerTextDocumentContentProvider: (_, provider) => ((content = provider), nothing()),
      openTextDocument: async (at) => ({ path: at.path, text: content.provideTextDocumentContent(at), uri: at }),
      createFileSystemWatcher: () => stand({ onDidCreate: nothing, onDidChange: nothing, onDidDelete: nothing, dispose() {} }),
      fs: {
        stat: async ({ fsPath }) => require('node:fs').statSync(fsPath),
        readFile: async ({ fsPath }) => require('node:fs').readFileSync(fsPath),
      },
      textDocuments: [],
      notebookDocuments: [],
    },
    ProgressLocation: { Window: 10 },
    ViewColumn: { Beside: -2 },
    env: { language: 'en', appName: 'test' },
    version: '1.91.0',
  });
  const shown = () => Object.fromEntries(pages.map(({ path, text }) => [path.slice(1).replace(/\.txt$/, ''), text]));
  return { vscode, settings, commands, told, picks, shown, context: { subscriptions: [] } };
}

/** The extension as it was built, with a host in the place of the editor. */
export function load(host) {
  const path = join(extension, 'out/extension.js');
  const before = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? host.vscode : before(name, ...rest));
  try {
    delete require.cache[path];
    return require(path);
  } finally {
    Module._load = before;
  }
}

function uri(scheme, path) {
  return { scheme, path, fsPath: path, toString: () => `${scheme}://${path}` };
}

/** An object in which whatever is not there is a class, a function and an enumeration at once. */
function stand(known) {
  return new Proxy(known, {
    get(target, name) {
      if (name in target) {
        const found = target[name];
        return found !== null && typeof found === 'object' && Object.getPrototypeOf(found) === Object.prototype ? stand(found) : found;
      }
      if (name === 'then' || typeof name === 'symbol') return undefined;
      return blank();
    },
  });
}

function blank() {
  const made = function () {
    return new.target ? this : { dispose() {} };
  };
  return new Proxy(made, { get: (target, name) => (name in target || typeof name === 'symbol' ? target[name] : blank()) });
}
