-- expect: WA
-- must-not: take an infinite or a fractional float for an int
-- why: a float beyond every integer
function solve(nums, k) return 2.0 ^ 63 end
