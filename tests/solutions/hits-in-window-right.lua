-- rehearse: hits-in-window
--
-- Sums up to each second that had hits. The count is a difference of two sums; what lies before the
-- window is cut off whenever it is more than half of the list.
HitCounter = {}

function HitCounter.new(window_s)
  local second, sum_up_to = {}, {}
  local length, outside, sum_outside, total, latest_s = 0, 0, 0, 0, 0

  local function move_clock(to_s)
    latest_s = math.max(latest_s, to_s)
    while outside < length and second[outside + 1] <= latest_s - window_s do
      outside = outside + 1
      sum_outside = sum_up_to[outside]
    end
    if outside > 8 and outside > length // 2 then
      local kept = length - outside
      table.move(second, outside + 1, length, 1)
      table.move(sum_up_to, outside + 1, length, 1)
      for i = kept + 1, length do second[i], sum_up_to[i] = nil, nil end
      length, outside = kept, 0
    end
  end

  local counter = {}

  function counter:hit(at_s)
    move_clock(at_s)
    total = total + 1
    if length == 0 or second[length] < latest_s then length = length + 1 end
    second[length], sum_up_to[length] = latest_s, total
  end

  function counter:count(now_s)
    move_clock(now_s)
    return total - sum_outside
  end

  return counter
end
