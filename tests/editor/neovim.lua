-- The language server in headless Neovim: it attaches, tells findings, follows a definition, renames, and formats.
--
--   tests/editor/run

local checks = 0

local function fail(message)
  io.stderr:write("failed: " .. message .. "\n")
  vim.cmd("cquit 1")
end

local function check(what, holds)
  if not holds then
    fail(what)
  end
  checks = checks + 1
end

local function wait(what, holds)
  check(what, vim.wait(20000, holds, 20))
end

local program = vim.env.QUIDPRO
local folder = vim.fn.tempname()
vim.fn.mkdir(folder, "p")
local path = folder .. "/desk.quid"
local lines = {
  'contract desk "Café 📞 desk" {',
  "  currency EUR",
  "  term 2026-01-01 to 2026-12-31",
  "  round each line half up to 0.01 EUR",
  "  input offered : calls",
  "  input in_time : calls",
  '  metric speed "📞" is timeliness, percent, higher is better { in_time / offered }',
  "  charge desk 12_000 EUR per month",
  "  service level fast on sped { target 80% each month; credit 2% of charges }",
  "}",
}
vim.fn.writefile(lines, path)
vim.cmd("edit " .. vim.fn.fnameescape(path))
local buffer = vim.api.nvim_get_current_buf()
vim.bo[buffer].filetype = "quid"

local client_id = vim.lsp.start_client({
  name = "quidpro",
  cmd = { program, "lsp" },
  root_dir = folder,
  on_error = function(_, error)
    fail("the client had trouble: " .. vim.inspect(error))
  end,
})
check("the server starts", client_id ~= nil)
vim.lsp.buf_attach_client(buffer, client_id)
local client = vim.lsp.get_client_by_id(client_id)
wait("the server attaches", function()
  return client.initialized and vim.lsp.buf_is_attached(buffer, client_id)
end)

local function found(code)
  for _, finding in ipairs(vim.diagnostic.get(buffer)) do
    if finding.code == code then
      return finding
    end
  end
end

wait("a finding is told", function()
  return found("unknown-name") ~= nil
end)
local finding = found("unknown-name")
check("the finding stands at its word", finding.lnum == 8 and finding.col == 24)
check("the finding says what was meant", finding.message:find("did you mean `speed`", 1, true) ~= nil)

-- A keystroke mends it.
vim.api.nvim_buf_set_text(buffer, 8, 27, 8, 27, { "e" })
wait("the finding goes with its cause", function()
  return found("unknown-name") == nil
end)

-- From the use to the definition.
vim.api.nvim_win_set_cursor(0, { 9, 25 })
vim.lsp.buf.definition()
wait("a definition is followed", function()
  local cursor = vim.api.nvim_win_get_cursor(0)
  return cursor[1] == 7 and cursor[2] == 9
end)

-- A new name, at the definition and at the use; the text before it on the line is longer in bytes than in UTF-16.
vim.lsp.buf.rename("pace")
wait("a name is changed in all places", function()
  local now = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
  return now:find("metric pace ", 1, true) and now:find("on pace {", 1, true) and not now:find("speed", 1, true)
end)

local answer = vim.lsp.buf_request_sync(buffer, "textDocument/hover", vim.lsp.util.make_position_params(), 20000)
check("hover says what it is", answer[client_id].result.contents.value:find("a percentage", 1, true) ~= nil)

local capabilities = client.server_capabilities or client.resolved_capabilities
if capabilities.documentFormattingProvider then
  vim.api.nvim_buf_set_lines(buffer, 1, 2, false, { "      currency    EUR" })
  if vim.lsp.buf.format then
    vim.lsp.buf.format({ async = false, timeout_ms = 20000 })
  else
    vim.lsp.buf.formatting_sync({}, 20000)
  end
  wait("the text is formatted", function()
    return vim.api.nvim_buf_get_lines(buffer, 1, 2, false)[1] ~= "      currency    EUR"
  end)
end

client.stop()
wait("the server ends", function()
  return client.is_stopped()
end)
vim.fn.delete(folder, "rf")
print(checks .. " checks of the language server in Neovim passed\n")
vim.cmd("qall!")
