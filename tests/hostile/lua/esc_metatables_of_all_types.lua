-- expect: AC
-- must-not: offer a way from a value to the machine (WA here means it does)
-- why: looks through the metatables of every kind of value
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
  for _, value in ipairs({ 1, 1.5, true, print, coroutine.create(print), {}, nums }) do
    if getmetatable(value) ~= nil then return -1 end
  end
  local seen = {}
  local function look(value)
    if type(value) ~= "table" or seen[value] then return type(value) == "userdata" end
    seen[value] = true
    for name, inner in next, value do
      if name == "execute" or name == "popen" or name == "open" or name == "loadlib" then return true end
      if look(inner) then return true end
    end
    return false
  end
  if look(_G) or look(getmetatable("")) then return -1 end
  return answer(nums, k)
end
