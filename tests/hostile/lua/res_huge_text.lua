-- expect: WA|MLE|OLE
-- must-not: grow the grader by it
-- why: a string of 30 MB where a number is due
function solve(nums, k) return string.rep("A", 30 << 20) end
