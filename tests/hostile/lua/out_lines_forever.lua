-- expect: OLE|TLE
-- why: prints for ever, one byte a line
function solve(nums, k)
  while true do print("x") end
end
