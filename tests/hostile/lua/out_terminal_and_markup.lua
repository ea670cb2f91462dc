-- expect: RTE
-- must-not: emit a control byte, invalid UTF-8 or broken markup
-- why: escape sequences, CDATA ends, reordering characters and broken UTF-8, printed and raised
function solve(nums, k)
  local nasty = "\27[2J\27]52;c;cGFzdGU=\7]]>\u{202E}&<!--\0\239\191\190\240\128\0\255\155\49m"
  print(nasty)
  error(nasty)
end
