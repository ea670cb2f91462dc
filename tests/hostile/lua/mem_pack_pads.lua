-- expect: MLE
-- must-not: take the machine's memory
-- why: zeros that a format asks for, a gigabyte and more
function solve(nums, k)
  local parts = {}
  for i = 1, 1 << 20 do parts[i] = string.pack("c1000", "") end
  return #parts
end
