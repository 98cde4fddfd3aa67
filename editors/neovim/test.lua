-- Run by `editors/test`, in a Neovim without a screen: a contract is recognised, coloured and folded.
-- CONTRACT is the contract, and PROGRAM what stands in for the program.

local function must(holds, what)
  if not holds then
    io.stderr:write('Neovim: ' .. what .. '\n')
    vim.cmd('cquit 1')
  end
end

local function query(name)
  local get = vim.treesitter.query and vim.treesitter.query.get or vim.treesitter.get_query
  return get('quid', name)
end

local function main()
  require('quidpro').setup({ path = vim.env.PROGRAM, lsp = false })
  vim.cmd('edit ' .. vim.env.CONTRACT)
  must(vim.bo.filetype == 'quid', 'the file type is `' .. vim.bo.filetype .. '`')
  must(vim.bo.commentstring == '# %s', 'comments are not those of a contract')
  must(vim.bo.shiftwidth == 2, 'indentation is not that of a contract')

  local tree = vim.treesitter.get_parser(0, 'quid'):parse()[1]
  must(not tree:root():has_error(), 'the parser finds a mistake')
  must(vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()] ~= nil, 'nothing is coloured')
  for _, name in ipairs({ 'highlights', 'folds', 'indents', 'locals' }) do
    local found = 0
    for _ in query(name):iter_captures(tree:root(), 0, 0, -1) do
      found = found + 1
    end
    must(found > 10, name .. ' finds only ' .. found)
  end

  local config = require('quidpro').config(0)
  must(config.cmd[1] == vim.env.PROGRAM and config.cmd[2] == 'lsp', 'the language server is started otherwise')
  vim.cmd('Quidpro review --format text')
  local shown = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  must(shown:match('^review .*%.quid %-%-format text$'), 'the program was run otherwise: ' .. shown)
end

local ran, why = pcall(main)
must(ran, tostring(why))
print('a contract is recognised, coloured and folded\n')
vim.cmd('qall!')
