-- expect: MLE
-- why: a string that doubles for ever
function solve(nums, k)
  local text = "0123456789abcdef"
  while true do text = text .. text end
end
