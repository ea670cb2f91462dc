-- expect: TLE
-- why: every error is caught and the loop goes on
function solve(nums, k)
  while true do pcall(error, "again") end
end
