-- expect: RTE|MLE
-- must-not: SIGSEGV
-- why: recursion without an end
local function down(n) return 1 + down(n + 1) end
function solve(nums, k) return down(1) end
