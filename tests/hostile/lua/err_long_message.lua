-- expect: RTE
-- must-not: write a report of more than 1 MB, or any ESC byte
-- why: ten million bytes of message, with escape sequences
function solve(nums, k)
  error(string.rep("\27[31mE", 2000000))
end
