// Every request of the language server, asked by `vscode-languageserver-protocol`, over stdio.
//
//   tests/editor/run

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import protocol from "vscode-languageserver-protocol/node";

const root = process.env.ROOT ?? resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const contracts = join(root, "contracts");
const program = process.env.QUIDPRO ?? join(root, "target/debug/quidpro");

const text = readFileSync(join(contracts, "emea_support.quid"), "utf8").replace("EMEA customer", "EMEA 📞 customer");
const folder = mkdtempSync(join(tmpdir(), "quidpro editor ü "));
const path = join(folder, "emea_support.quid");
const uri = pathToFileURL(path).href;
writeFileSync(path, text);
writeFileSync(join(folder, "emea_support.csv"), readFileSync(join(contracts, "emea_support.csv")));
const kpis = join(folder, "kpis.quid");
const kpisUri = pathToFileURL(kpis).href;
const kpisText = 'library kpis "KPIs" {\n  input all : calls\n  metric pace is timeliness, percent, higher is better { all / all }\n}\n';
const user = join(folder, "user.quid");
const userUri = pathToFileURL(user).href;
const userText = 'use "kpis.quid"\ncontract user "User" {\n  currency EUR\n  credit slow on pace { below 80%: 500 EUR }\n}\n';
writeFileSync(kpis, kpisText);
writeFileSync(user, userText);

/** The place of the `nth` occurrence of a word, `into` units into it. */
function place(word, nth = 0, into = 1, within = text) {
  let at = -1;
  for (let count = 0; count <= nth; count++) {
    at = within.indexOf(word, at + 1);
    assert.notEqual(at, -1, `no \`${word}\` in the text`);
  }
  const before = within.slice(0, at + into).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}

/** The words of a range, counted in UTF-16 as JavaScript does. */
function words(range, within = text) {
  const lines = within.split("\n");
  const offset = (at) => lines.slice(0, at.line).reduce((sum, line) => sum + line.length + 1, 0) + at.character;
  return within.slice(offset(range.start), offset(range.end));
}

const server = spawn(program, ["lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const ended = new Promise((done) => server.on("exit", done));
const connection = protocol.createProtocolConnection(
  new protocol.StreamMessageReader(server.stdout),
  new protocol.StreamMessageWriter(server.stdin),
);
const registered = [];
connection.onRequest(protocol.RegistrationRequest.type, ({ registrations }) => {
  registered.push(...registrations.map((one) => one.method));
});
const told = new Map();
let waiting = [];
connection.onNotification(protocol.PublishDiagnosticsNotification.type, (params) => {
  told.set(params.uri, params);
  waiting = waiting.filter((wake) => !wake(params));
});
/** The findings of a version of a text, once they are told. */
function findings(of, version) {
  const known = told.get(of);
  if (known?.version === version) return Promise.resolve(known);
  return new Promise((done) => waiting.push((params) => params.uri === of && params.version === version && (done(params), true)));
}
connection.listen();

const asked = [];
/** Asks, and notes what was asked. */
function ask(type, params) {
  asked.push(type.method);
  return connection.sendRequest(type, params);
}

let count = 0;
async function check(what, run) {
  try {
    await run();
    count += 1;
  } catch (error) {
    console.error(`failed: ${what}`);
    throw error;
  }
}

const of = { textDocument: { uri } };
const at = (...where) => ({ ...of, position: place(...where) });

const { capabilities } = await ask(protocol.InitializeRequest.type, {
  processId: process.pid,
  rootUri: null,
  workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "contracts" }],
  capabilities: {
    general: { positionEncodings: ["utf-16"] },
    textDocument: {
      completion: { completionItem: { snippetSupport: true } },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      publishDiagnostics: { versionSupport: true, relatedInformation: true },
    },
    workspace: {
      workspaceEdit: { documentChanges: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
      textDocumentContent: { dynamicRegistration: false },
    },
  },
  initializationOptions: { inlayHints: true },
});
connection.sendNotification(protocol.InitializedNotification.type, {});
connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
  textDocument: { uri, languageId: "quid", version: 1, text },
});

await check("initialize", () => {
  assert.equal(capabilities.positionEncoding, "utf-16");
  assert.equal(capabilities.textDocumentSync.change, protocol.TextDocumentSyncKind.Incremental);
});
await check("findings are told with their version", async () => {
  const { diagnostics } = await findings(uri, 1);
  assert.ok(diagnostics.every((one) => one.severity !== protocol.DiagnosticSeverity.Error));
  assert.deepEqual(registered, ["workspace/didChangeWatchedFiles"]);
});
await check("incremental changes", async () => {
  const start = place("on service_level", 0, 3);
  const change = (version, from, to, text) =>
    connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: from, end: to }, text }],
    });
  change(2, start, start, "x📞");
  const { diagnostics } = await findings(uri, 2);
  assert.ok(diagnostics.some((one) => one.severity === protocol.DiagnosticSeverity.Error));
  const end = { ...start, character: start.character + 3 };
  change(3, start, end, "x");
  const misspelt = (await findings(uri, 3)).diagnostics.find((one) => one.code === "unknown-name");
  assert.equal(misspelt.source, "quidpro");
  assert.equal(words(misspelt.relatedInformation[0].location.range), "service_level");
  change(4, start, { ...start, character: start.character + 1 }, "");
  await findings(uri, 4);
});
await check("findings can be asked for", async () => {
  const report = await ask(protocol.DocumentDiagnosticRequest.type, of);
  assert.equal(report.kind, "full");
  const again = await ask(protocol.DocumentDiagnosticRequest.type, { ...of, previousResultId: report.resultId });
  assert.equal(again.kind, "unchanged");
  const all = await ask(protocol.WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  assert.deepEqual(all.items.map((one) => one.uri).sort(), [uri, kpisUri, userUri].sort());
});
await check("hover", async () => {
  const hover = await ask(protocol.HoverRequest.type, at("on service_level", 0, 5));
  assert.match(hover.contents.value, /Answered within 20 s[^]*a percentage[^]*Annex 3, 1.1[^]*answer_speed/);
  assert.equal(words(hover.range), "service_level");
});
await check("completion", async () => {
  const list = await ask(protocol.CompletionRequest.type, at("on service_level", 0, 3));
  assert.ok(list.items.some((one) => one.label === "csat"));
});
await check("definition and declaration", async () => {
  for (const type of [protocol.DefinitionRequest.type, protocol.DeclarationRequest.type]) {
    const [found] = await ask(type, at("on service_level", 0, 5));
    assert.equal(found.uri, uri);
    assert.equal(words(found.range), "service_level");
    assert.equal(found.range.start.line, place("metric service_level").line);
  }
});
await check("references and highlights", async () => {
  const params = { ...at("metric csat", 0, 8), context: { includeDeclaration: true } };
  const found = await ask(protocol.ReferencesRequest.type, params);
  assert.ok(found.length >= 4);
  for (const one of found) assert.equal(words(one.range), "csat");
  const here = await ask(protocol.DocumentHighlightRequest.type, at("metric csat", 0, 8));
  assert.equal(here.length, found.length);
});
await check("rename, with what is refused", async () => {
  const prepared = await ask(protocol.PrepareRenameRequest.type, at("metric csat", 0, 8));
  assert.equal(prepared.placeholder, "csat");
  const edit = await ask(protocol.RenameRequest.type, { ...at("metric csat", 0, 8), newName: "happiness" });
  const [change] = edit.documentChanges;
  assert.equal(change.textDocument.version, 4);
  for (const one of change.edits) assert.equal(words(one.range), "csat");
  const refused = ask(protocol.RenameRequest.type, { ...at("metric csat", 0, 8), newName: "fcr" });
  await assert.rejects(refused, /declared twice/);
  const across = await ask(protocol.RenameRequest.type, {
    textDocument: { uri: kpisUri },
    position: place("pace", 0, 1, kpisText),
    newName: "quickness",
  });
  assert.deepEqual(across.documentChanges.map((one) => one.textDocument.uri).sort(), [kpisUri, userUri].sort());
});
await check("symbols", async () => {
  const [contract] = await ask(protocol.DocumentSymbolRequest.type, of);
  assert.equal(contract.name, "emea_support");
  assert.ok(contract.children.some((one) => one.name === "answer_speed"));
  const found = await ask(protocol.WorkspaceSymbolRequest.type, { query: "answerspeed" });
  assert.equal(found[0].name, "answer_speed");
});
await check("folding and selection", async () => {
  const folds = await ask(protocol.FoldingRangeRequest.type, of);
  assert.ok(folds.some((one) => one.kind === protocol.FoldingRangeKind.Comment));
  const [part] = await ask(protocol.SelectionRangeRequest.type, { ...of, positions: [place("survey_points /", 0, 2)] });
  assert.equal(words(part.range), "survey_points");
  assert.equal(words(part.parent.range), "survey_points / surveys");
});
await check("semantic tokens", async () => {
  const { legend } = capabilities.semanticTokensProvider;
  const whole = await ask(protocol.SemanticTokensRequest.type, of);
  assert.equal(whole.data.length % 5, 0);
  assert.equal(legend.tokenTypes[whole.data[3]], "comment");
  const delta = await ask(protocol.SemanticTokensDeltaRequest.type, { ...of, previousResultId: whole.resultId });
  assert.deepEqual(delta.edits, []);
  const range = { start: { line: 10, character: 0 }, end: { line: 20, character: 0 } };
  const part = await ask(protocol.SemanticTokensRangeRequest.type, { ...of, range });
  assert.ok(part.data.length > 0 && part.data.length < whole.data.length);
});
const everything = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
await check("inlay hints", async () => {
  const hints = await ask(protocol.InlayHintRequest.type, { ...of, range: everything });
  assert.ok(hints.some((one) => one.label === "contacts"));
});
await check("document links", async () => {
  const [link] = await ask(protocol.DocumentLinkRequest.type, of);
  assert.equal(words(link.range), "contact_centre");
  const content = await ask(protocol.TextDocumentContentRequest.type, { uri: link.target });
  assert.match(content.text, /library contact_centre/);
});
await check("call hierarchy", async () => {
  const [item] = await ask(protocol.CallHierarchyPrepareRequest.type, at("scorecard cx", 0, 11));
  assert.equal(item.name, "cx");
  const incoming = await ask(protocol.CallHierarchyIncomingCallsRequest.type, { item });
  assert.ok(incoming.some((one) => one.from.name.includes("handling")));
  const outgoing = await ask(protocol.CallHierarchyOutgoingCallsRequest.type, { item });
  assert.deepEqual(outgoing.map((one) => one.to.name), ["service_level", "csat", "fcr"]);
});
await check("code actions", async () => {
  const context = { diagnostics: [] };
  const actions = await ask(protocol.CodeActionRequest.type, { ...of, range: everything, context });
  assert.ok(Array.isArray(actions));
});
await check("code lenses and their commands", async () => {
  const lenses = await ask(protocol.CodeLensRequest.type, of);
  const commands = new Set(lenses.map((one) => one.command.command));
  assert.deepEqual([...commands].sort(), [...capabilities.executeCommandProvider.commands].sort());
  assert.ok(lenses.some((one) => /^\d{4}-\d{2}: [\d ]+\.\d{2} EUR$/.test(one.command.title)));
  for (const { command } of lenses) {
    const answer = await ask(protocol.ExecuteCommandRequest.type, command);
    assert.ok(answer.text.length > 0);
    if (command.command === "quidpro.runScenario") assert.ok(answer.scenarios.every((one) => one.passed));
  }
});
if (capabilities.documentFormattingProvider) {
  await check("formatting", async () => {
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await ask(protocol.DocumentFormattingRequest.type, { ...of, options });
    assert.ok(Array.isArray(edits));
    const some = await ask(protocol.DocumentRangeFormattingRequest.type, { ...of, range: everything, options });
    assert.ok(Array.isArray(some));
  });
}
await check("a cancelled request is answered", async () => {
  const source = new protocol.CancellationTokenSource();
  const hover = connection.sendRequest(protocol.HoverRequest.type, at("metric csat", 0, 8), source.token);
  source.cancel();
  await hover.catch((error) => assert.equal(error.code, protocol.LSPErrorCodes.RequestCancelled));
});
await check("every request that the server offers was asked", () => {
  const offered = {
    hoverProvider: "textDocument/hover",
    completionProvider: "textDocument/completion",
    definitionProvider: "textDocument/definition",
    declarationProvider: "textDocument/declaration",
    referencesProvider: "textDocument/references",
    documentHighlightProvider: "textDocument/documentHighlight",
    documentSymbolProvider: "textDocument/documentSymbol",
    workspaceSymbolProvider: "workspace/symbol",
    codeActionProvider: "textDocument/codeAction",
    codeLensProvider: "textDocument/codeLens",
    documentLinkProvider: "textDocument/documentLink",
    renameProvider: "textDocument/rename",
    foldingRangeProvider: "textDocument/foldingRange",
    selectionRangeProvider: "textDocument/selectionRange",
    semanticTokensProvider: "textDocument/semanticTokens/full",
    inlayHintProvider: "textDocument/inlayHint",
    callHierarchyProvider: "textDocument/prepareCallHierarchy",
    diagnosticProvider: "textDocument/diagnostic",
    executeCommandProvider: "workspace/executeCommand",
    documentFormattingProvider: "textDocument/formatting",
    documentRangeFormattingProvider: "textDocument/rangeFormatting",
  };
  for (const name of Object.keys(capabilities).filter((name) => name.endsWith("Provider"))) {
    assert.ok(offered[name], `${name} is offered and not known to this test`);
    assert.ok(asked.includes(offered[name]), `${offered[name]} was never asked`);
  }
});
await check("the end", async () => {
  connection.sendNotification(protocol.DidCloseTextDocumentNotification.type, of);
  await ask(protocol.ShutdownRequest.type);
  await connection.sendNotification(protocol.ExitNotification.type);
  assert.equal(await ended, 0);
});
rmSync(folder, { recursive: true });
console.log(`${count} checks of the language server with vscode-languageserver-protocol passed`);
