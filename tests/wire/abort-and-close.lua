-- Every place at which a client or an MTA may stop: abort (once, twice), close, or a broken connection.
local stages = {
	function(c) end,
	function(c) mt.conninfo(c, "client.example", "203.0.113.9") end,
	function(c) mt.mailfrom(c, "<c@customer.example>") end,
	function(c) mt.rcptto(c, "<ar@ours.example>") end,
	function(c) mt.header(c, "Subject", "x") end,
	function(c) mt.eoh(c) end,
	function(c) mt.bodystring(c, "half a mess") end,
}

local function go_to(last)
	local connection = wire.connect()
	for stage = 1, last do
		stages[stage](connection)
	end
	return connection
end

local function quit(connection)
	mt.disconnect(connection, true)
end

local function vanish(connection)
	mt.disconnect(connection, false)
end

for last = 1, #stages do
	for _, leave in ipairs({quit, vanish}) do
		leave(go_to(last))
		wire.wait_for_empty_tmp()
		if last > 2 then -- an abort is of a message
			for times = 1, 3 do
				local connection = go_to(last)
				for _ = 1, times do
					mt.abort(connection)
				end
				wire.wait_for_empty_tmp()
				leave(connection)
			end
		end
	end
end
wire.expect_spooled(0)

-- After an abort the connection carries the next message.
local connection = go_to(#stages)
mt.abort(connection)
wire.answer(connection, "whole\r\n")
quit(connection)
wire.expect_spooled(1)

-- A message whose end came is there, however the connection ends.
connection = wire.client()
wire.answer(connection, "whole\r\n")
vanish(connection)
wire.expect_spooled(1)
