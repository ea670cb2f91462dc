-- expect: AC
-- must-not: offer a library that reaches the machine (WA here means it does)
-- why: load, environments and metatables as ways to the libraries that are not there
local function answer(nums, k)
  local sum = 0
  for i = 1, k do sum = sum + nums[i] end
  local best = sum
  for i = k + 1, #nums do
    sum = sum + nums[i] - nums[i - k]
    if sum > best then best = sum end
  end
  return best
end

function solve(nums, k)
  for _, name in ipairs({ "io", "os", "debug", "package", "require", "dofile", "loadfile", "ffi" }) do
    local chunk = load("return " .. name)
    if chunk and chunk() ~= nil then return -1 end
    if rawget(_G, name) ~= nil then return -1 end
  end
  local outer = getmetatable(_G)
  if outer ~= nil then return -1 end
  if string.dump ~= nil or getmetatable(print) ~= nil then return -1 end
  return answer(nums, k)
end
