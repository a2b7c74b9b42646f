-- Begins, ends or takes away what is known of a period.
-- KEYS: its state.
-- ARGV: begin, finish, fail or drop; token; 1 for frozen ranks; milliseconds, of the lease for begin
--   and of the life for finish; then the countries whose sets may be there.
-- Answers 1 when done; 0 where begin finds the ranks there or being built, or finish and fail find
-- another build.

local op, token, frozen, life = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local p = keys_of(KEYS[1])

local function all_keys()
  local keys = {p.state, p.g, p.players, p.meta}
  for i = 5, #ARGV do
    keys[#keys + 1] = country_key(p, ARGV[i])
  end
  return keys
end

if op == 'begin' then
  local s = redis.call('HMGET', p.state, 'token', 'ready', 'frozen', 'lease')
  -- What is there is good, unless frozen ranks are asked for and these are not.
  if s[1] and s[3] == frozen and (s[2] == '1' or tonumber(s[4]) >= millis()) then
    return 0
  end
  redis.call('UNLINK', unpack(all_keys()))
  redis.call(
    'HSET', p.state, 'token', token, 'ready', '0', 'frozen', frozen,
    'lease', number(millis() + life), 'h', '0', 'm', '0', 'n:g', '0'
  )
  return 1
end
if op == 'drop' then
  redis.call('UNLINK', unpack(all_keys()))
  return 1
end
if redis.call('HGET', p.state, 'token') ~= token then
  return 0
end
if op == 'fail' then
  redis.call('HSET', p.state, 'lease', '0')
  return 1
end
redis.call('HSET', p.state, 'ready', '1')
redis.call('DEL', p.base .. 'asked')
if frozen == '1' then
  for _, key in ipairs(all_keys()) do
    redis.call('PEXPIRE', key, number(life))
  end
end
return 1
