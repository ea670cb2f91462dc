-- expect: WA
-- why: string methods replaced through the strings' metatable
local strings = getmetatable("")
strings.__index = function() return function() return "5" end end
strings.__eq = function() return true end
strings.__tostring = function() return "AC" end
function solve(nums, k) return -1 end
