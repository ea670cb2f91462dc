-- expect: CE
-- why: goto without a label: found while compiling
function solve(nums, k)
  goto nowhere
end
