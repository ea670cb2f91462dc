-- expect: RTE
-- why: every to-be-closed variable raises another error while unwinding
function solve(nums, k)
  local function guard() return setmetatable({}, { __close = function() error("closing") end }) end
  local a <close> = guard()
  local b <close> = guard()
  error("first")
end
