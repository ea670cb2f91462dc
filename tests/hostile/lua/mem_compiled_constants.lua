-- expect: MLE
-- why: a chunk with thousands of very long constants, compiled at run time
function solve(nums, k)
  local long, piece = string.rep("c", 400000), 0
  local chunk = load(function()
    piece = piece + 1
    if piece == 1 then return "return {" end
    return "'" .. long .. piece .. "',"
  end)
  return chunk and 0 or error("did not compile")
end
