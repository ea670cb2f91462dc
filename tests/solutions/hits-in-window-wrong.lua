-- rehearse: hits-in-window
--
-- Refused: MLE (growth). Right answers, but every single hit of a burst is kept.
HitCounter = {}
HitCounter.__index = HitCounter

function HitCounter.new(window_s)
  local empty = { window_s = window_s, now_s = 0, hits = {}, first = 1, last = 0 }
  return setmetatable(empty, HitCounter)
end

function HitCounter:hit(at_s)
  self.now_s = math.max(self.now_s, at_s)
  self.last = self.last + 1
  self.hits[self.last] = self.now_s
end

function HitCounter:count(now_s)
  self.now_s = math.max(self.now_s, now_s)
  while self.first <= self.last and self.hits[self.first] <= self.now_s - self.window_s do
    self.hits[self.first] = nil
    self.first = self.first + 1
  end
  return self.last - self.first + 1
end
