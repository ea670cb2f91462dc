-- expect: TLE|MLE
-- why: asks for too much, catches the refusal, asks again
function solve(nums, k)
  while true do pcall(string.rep, "x", 1 << 27) end
end
