-- What the scripts of this folder share. `socket`, `spool` and `stats` come from the command line of miltertest.

wire = {}

-- miltertest ends with status 1 at an error, but does not say which.
function wire.fail(text)
	io.stderr:write(debug.traceback(text, 2), "\n")
	error(text, 2)
end

function wire.expect(what, is, should)
	if is ~= should then
		wire.fail(string.format("%s: %q, not %q", what, tostring(is), tostring(should)))
	end
end

function wire.connect()
	local connection = mt.connect(socket)
	if connection == nil then
		wire.fail("cannot connect to " .. socket)
	end
	return connection
end

-- A connection of a client; ADDRESS is outside unless given.
function wire.client(address)
	local connection = wire.connect()
	wire.expect("connect", mt.conninfo(connection, "client.example", address or "203.0.113.9"), nil)
	return connection
end

function wire.reply(what, connection, should)
	wire.expect("reply to " .. what, mt.getreply(connection), should)
end

-- Envelope and headers of a message from SENDER to RECIPIENT; FIELDS: {{name, value}, ...}. No end of headers yet.
function wire.envelope(connection, sender, recipient, fields)
	mt.macro(connection, SMFIC_MAIL, "i", "4WIRE")
	wire.expect("mail", mt.mailfrom(connection, "<" .. sender .. ">"), nil)
	wire.reply("mail", connection, SMFIR_CONTINUE)
	wire.expect("rcpt", mt.rcptto(connection, "<" .. recipient .. ">"), nil)
	wire.reply("rcpt", connection, SMFIR_CONTINUE)
	for _, field in ipairs(fields or {{"Subject", "x"}}) do
		wire.expect("header", mt.header(connection, field[1], field[2]), nil)
		wire.reply("header", connection, SMFIR_CONTINUE)
	end
end

function wire.end_of_headers(connection, should)
	wire.expect("end of headers", mt.eoh(connection), nil)
	wire.reply("end of headers", connection, should)
end

function wire.body(connection, text, should)
	wire.expect("body", mt.bodystring(connection, text), nil)
	wire.reply("body", connection, should or SMFIR_CONTINUE)
end

-- SIZE bytes in chunks; bodyfile sends larger ones than the protocol has. Stops at an answer other than CONTINUE.
function wire.large_body(connection, size, should)
	local chunk = string.rep("x", 50000)
	for _ = 1, size // #chunk do
		wire.expect("body", mt.bodystring(connection, chunk), nil)
		if mt.getreply(connection) ~= SMFIR_CONTINUE then
			break
		end
	end
	wire.reply("body", connection, should)
end

-- The end: always accepted, and nothing altered.
function wire.end_of_message(connection)
	wire.expect("end of message", mt.eom(connection), nil)
	wire.reply("end of message", connection, SMFIR_ACCEPT)
	-- not the changes of recipients and replies: miltertest gives up when asked whether there are any
	for _, change in ipairs({MT_HDRADD, MT_HDRCHANGE, MT_HDRDELETE, MT_HDRINSERT, MT_BODYCHANGE, MT_QUARANTINE}) do
		wire.expect("change " .. tostring(change), mt.eom_check(connection, change), false)
	end
end

-- A whole answer of a customer.
function wire.answer(connection, text)
	wire.envelope(connection, "c@customer.example", "ar@ours.example")
	wire.end_of_headers(connection, SMFIR_CONTINUE)
	wire.body(connection, text)
	wire.end_of_message(connection)
end

local function lines(command)
	local found = {}
	local pipe = assert(io.popen(command))
	for line in pipe:lines() do
		table.insert(found, line)
	end
	pipe:close()
	return found
end

local function content(path)
	local file = assert(io.open(path, "rb"))
	local bytes = file:read("*a")
	file:close()
	return bytes
end

-- What the spool holds, oldest first, as {message, envelope}; it is empty afterwards. Nothing may be left in tmp/.
function wire.take_spooled()
	local taken = {}
	for _, path in ipairs(lines("ls '" .. spool .. "'/new/*.mail 2>/dev/null")) do
		local file = content(path)
		local size, envelope = file:match("^relance%-spool 1 %S+ (%d+) (%d+) %x+ *\n")
		table.insert(taken, {message = file:sub(129, 128 + size), envelope = file:sub(129 + size, 128 + size + envelope)})
		os.remove(path)
	end
	return taken
end

function wire.expect_spooled(count)
	local taken = wire.take_spooled()
	wire.expect("messages in the spool", #taken, count)
	return taken
end

-- After an end that nobody answers: waits until the front has let go of everything in tmp/.
function wire.wait_for_empty_tmp()
	for _ = 1, 500 do
		if #lines("ls '" .. spool .. "/tmp'") == 0 then
			return
		end
		mt.sleep(0.02)
	end
	wire.fail("something is left in tmp/")
end

function wire.expect_member(envelope, member)
	if not envelope:find(member, 1, true) then
		wire.fail("the envelope has no " .. member .. ": " .. envelope)
	end
end
