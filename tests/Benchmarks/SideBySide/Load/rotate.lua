-- For wrk: each request has the next header field of a file. Arguments: the file, and how many of its lines come last because they were used before.
local requests, last = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local name, value = line:match("^([^:]+): (.*)$")
    requests[#requests + 1] = wrk.format("GET", nil, { [name] = value })
  end
  last = tonumber(arguments[2]) % #requests
end

function request()
  last = last % #requests + 1
  return requests[last]
end
