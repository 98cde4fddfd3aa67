-- Contracts in Neovim: the language server, colours by the tree-sitter parser, and the program's answers in a window.

local M = {}

--- What can be chosen, with what holds at first: `require('quidpro').setup({ path = '/opt/quidpro' })`.
M.options = {
  -- The program, and what it is started with as a language server.
  path = 'quidpro',
  args = { 'lsp' },
  -- Types and units behind names, and lines above clauses.
  inlay_hints = false,
  code_lenses = true,
  -- Whether the language server and the colours are started with a contract.
  lsp = true,
  treesitter = true,
}

function M.setup(options)
  M.options = vim.tbl_deep_extend('force', M.options, options or {})
end

--- How the language server is started for a contract.
function M.config(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  local marks = vim.fs and vim.fs.find({ 'quidpro.toml', '.git' }, { upward = true, path = vim.fn.fnamemodify(path, ':h') })
  local root = marks and marks[1] and vim.fn.fnamemodify(marks[1], ':h') or vim.fn.fnamemodify(path, ':h')
  local settings = {
    quidpro = {
      inlayHints = { enabled = M.options.inlay_hints },
      codeLenses = { enabled = M.options.code_lenses },
    },
  }
  return {
    name = 'quidpro',
    cmd = vim.list_extend({ M.options.path }, M.options.args),
    root_dir = root,
    init_options = settings,
    settings = settings,
  }
end

--- Starts what is there of the parser and the program for a contract.
function M.attach(buffer)
  if M.options.treesitter then
    M.colour(buffer)
  end
  if M.options.lsp then
    M.serve(buffer)
  end
end

--- Colours by the parser. Without it the contract is shown as plain text.
function M.colour(buffer)
  local found, parser = pcall(vim.treesitter.get_parser, buffer, 'quid')
  if not found or not parser then
    return
  end
  if vim.treesitter.start then
    vim.treesitter.start(buffer, 'quid')
  else
    vim.treesitter.highlighter.new(parser)
  end
  if vim.treesitter.foldexpr then
    vim.wo.foldmethod = 'expr'
    vim.wo.foldexpr = 'v:lua.vim.treesitter.foldexpr()'
    vim.wo.foldlevel = 99
  end
end

-- For Neovim before 0.8, which has no `vim.lsp.start`.
local client

--- Starts the language server for a contract, if the program is there.
function M.serve(buffer)
  if vim.fn.executable(M.options.path) == 0 then
    return
  end
  local config = M.config(buffer)
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  if not client or not vim.lsp.get_client_by_id(client) then
    client = vim.lsp.start_client(config)
  end
  vim.lsp.buf_attach_client(buffer, client)
end

--- Runs the program on the contract in the window, and shows what it prints: `:Quidpro review`,
--- `:Quidpro invoice --data support.csv --month 2026-02`.
function M.run(words)
  local contract = vim.api.nvim_buf_get_name(0)
  local line = { M.options.path, words[1], contract }
  vim.list_extend(line, words, 2)
  local printed = vim.fn.systemlist(line)
  vim.cmd('belowright new')
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].swapfile = false
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, printed)
  vim.bo[buffer].modifiable = false
end

return M
