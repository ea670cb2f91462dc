-- rehearse: ttl-store
--
-- Refused: WA. Right about every key that is read, and counts those that are dead and unread.
TtlStore = {}
TtlStore.__index = TtlStore

function TtlStore.new()
  return setmetatable({ entries = {}, entry_count = 0 }, TtlStore)
end

function TtlStore:set(key, value, ttl_s, now_s)
  if not self.entries[key] then self.entry_count = self.entry_count + 1 end
  self.entries[key] = { value = value, until_s = now_s + ttl_s }
end

function TtlStore:get(key, now_s)
  local entry = self.entries[key]
  if not entry then return nil end
  if now_s >= entry.until_s then
    self.entries[key] = nil
    self.entry_count = self.entry_count - 1
    return nil
  end
  return entry.value
end

function TtlStore:size(now_s)
  return self.entry_count
end
