-- `:Quidpro COMMAND …` runs the program on the contract in the window.
vim.api.nvim_create_user_command('Quidpro', function(call)
  require('quidpro').run(call.fargs)
end, {
  nargs = '+',
  complete = function(begun)
    local all = { 'check', 'explain', 'invoice', 'questions', 'review', 'show', 'test' }
    return vim.tbl_filter(function(command)
      return vim.startswith(command, begun)
    end, all)
  end,
  desc = 'Run quidpro on this contract',
})
