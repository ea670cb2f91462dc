-- rehearse: ttl-store
--
-- A heap of keys by deadline in which every key knows its place, so that setting a key again moves
-- its one entry up or down and nothing is ever left behind.
TtlStore = {}

function TtlStore.new()
  local values, deadline, place = {}, {}, {}
  local heap, size = {}, 0

  local function put(i, key)
    heap[i], place[key] = key, i
  end

  local function settle(i)
    local key = heap[i]
    while i > 1 and deadline[key] < deadline[heap[i // 2]] do
      put(i, heap[i // 2])
      i = i // 2
    end
    while 2 * i <= size do
      local child = 2 * i
      if child < size and deadline[heap[child + 1]] < deadline[heap[child]] then
        child = child + 1
      end
      if deadline[heap[child]] >= deadline[key] then break end
      put(i, heap[child])
      i = child
    end
    put(i, key)
  end

  local function drop_first()
    local key, last = heap[1], heap[size]
    heap[size] = nil
    size = size - 1
    values[key], deadline[key], place[key] = nil, nil, nil
    if size > 0 then
      put(1, last)
      settle(1)
    end
  end

  local function expire(now_s)
    while size > 0 and deadline[heap[1]] <= now_s do drop_first() end
  end

  local store = {}

  function store:set(key, value, ttl_s, now_s)
    expire(now_s)
    values[key], deadline[key] = value, now_s + ttl_s
    if not place[key] then
      size = size + 1
      put(size, key)
    end
    settle(place[key])
  end

  function store:get(key, now_s)
    expire(now_s)
    return values[key]
  end

  function store:size(now_s)
    expire(now_s)
    return size
  end

  return store
end
