-- expect: RTE
-- must-not: go round for ever to find its text
-- why: an error whose text is an error, raised again
function solve(nums, k)
  local odd = {}
  setmetatable(odd, { __tostring = function() error(odd) end, __name = "\27[31mAC" })
  error(odd)
end
