-- Whom a person follows, out of their versioned hash of relations.
-- KEYS[1] the hash; ARGV[1] how many at most
-- Answers false where the hash does not hold all of them, else the uids, in their order.
if not redis.call('HGET', KEYS[1], 'built') then
  return false
end
local fields = redis.call('HGETALL', KEYS[1])
local prefix = 'follows:'
local uids = {}
for i = 1, #fields, 2 do
  if string.sub(fields[i], 1, #prefix) == prefix and string.match(fields[i + 1], '|1$') then
    uids[#uids + 1] = string.sub(fields[i], #prefix + 1)
  end
end
table.sort(uids)
local max = tonumber(ARGV[1])
for i = #uids, max + 1, -1 do
  uids[i] = nil
end
return uids
