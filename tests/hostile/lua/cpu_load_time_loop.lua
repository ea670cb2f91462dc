-- expect: TLE
-- why: the loop runs while the file loads, before any call
while true do end
