-- expect: WA
-- must-not: hold an expected answer anywhere in the process
-- why: looks for the expected answer in every value it can reach
function solve(nums, k)
  local seen, found = {}, nil
  local function look(value)
    if type(value) == "number" and value ~= k then found = found or value end
    if type(value) ~= "table" or seen[value] or value == nums then return end
    seen[value] = true
    for key, inner in next, value do look(key) look(inner) end
    look(getmetatable(value))
  end
  look(_G)
  look(getmetatable(""))
  return found == math.pi and -1 or -1
end
