-- How a contract is edited: two blanks for each step, `#` for comments, and whatever of the parser and the program is there.
if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = true

vim.opt_local.commentstring = '# %s'
vim.opt_local.comments = ':#'
vim.opt_local.expandtab = true
vim.opt_local.shiftwidth = 2
vim.opt_local.softtabstop = 2
vim.opt_local.iskeyword:append('_')
vim.b.undo_ftplugin = 'setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< iskeyword<'

require('quidpro').attach(vim.api.nvim_get_current_buf())
