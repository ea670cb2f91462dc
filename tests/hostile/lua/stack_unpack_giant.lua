-- expect: RTE|MLE
-- why: a hundred million results at once
function solve(nums, k)
  return (select("#", table.unpack({}, 1, 100000000)))
end
