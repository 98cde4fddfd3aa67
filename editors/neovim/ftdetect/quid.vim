" Contracts are files that end in .quid.
autocmd BufRead,BufNewFile *.quid setfiletype quid
