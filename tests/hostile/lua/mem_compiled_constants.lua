-- expect: MLE
-- why: beside half of the memory, a chunk with thousands of very long constants, compiled at run time
function solve(nums, k)
  local held = string.rep("c", 12 * 1024 * 1024)
  local long, piece = held:sub(1, 20000), 0
  local chunk = load(function()
    piece = piece + 1
    if piece == 1 then return "return {" end
    return "'" .. long .. piece .. "',"
  end)
  return chunk and #held or error("did not compile")
end
