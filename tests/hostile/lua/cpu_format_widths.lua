-- expect: TLE
-- why: formats without end, each as wide as a format may be
function solve(nums, k)
  local text = ""
  while true do text = string.format("%99.99f", #text + 0.5) end
end
