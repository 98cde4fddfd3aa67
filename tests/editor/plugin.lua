-- The configuration of `editors/neovim`, as a user has it, with the language server itself: it attaches, tells what is wrong, and
-- lays the contract out.

vim.opt.runtimepath:append('editors/neovim')
require('quidpro').setup({ path = os.getenv('QUIDPRO') })
vim.cmd('filetype plugin on')
vim.cmd('runtime! ftdetect/*.vim plugin/quidpro.lua')

local function hold(condition, words)
  if not condition then
    io.stderr:write('editors/neovim: ' .. words .. '\n')
    vim.cmd('cquit 1')
  end
end

vim.cmd('edit tests/hosts/wrong.quid')
hold(vim.bo.filetype == 'quid', 'the file type is not set')
vim.wait(20000, function()
  return #vim.diagnostic.get(0) > 0
end, 50)
local found = {}
for _, finding in ipairs(vim.diagnostic.get(0)) do
  found[#found + 1] = finding.message
end
hold(table.concat(found, '\n'):find('cannot be compared with `speed`', 1, true), 'the mistake is not told')

local before = vim.api.nvim_buf_get_lines(0, 1, 2, false)[1]
hold(before == '  currency EUR', 'the text is not the one that this test is about')
if vim.lsp.buf.format then
  vim.lsp.buf.format({ timeout_ms = 20000 })
else
  vim.lsp.buf.formatting_sync(nil, 20000)
end
hold(vim.api.nvim_buf_get_lines(0, 1, 2, false)[1] == '  currency  EUR', 'the contract is not laid out')
hold(vim.fn.readfile('tests/hosts/wrong.quid')[2] == '  currency EUR', 'the file was written')
print('the configuration for Neovim attaches, tells and lays out\n')
vim.cmd('qall!')
