-- Which way a message goes hangs on evidence of the MTA, and the envelope says which.
local function take(address, macros, sender, recipient, fields)
	local connection = wire.client(address)
	if macros then
		mt.macro(connection, SMFIC_MAIL, unpack(macros))
	end
	wire.envelope(connection, sender, recipient, fields)
	wire.end_of_headers(connection, SMFIR_CONTINUE)
	wire.end_of_message(connection)
	mt.disconnect(connection)
	return wire.expect_spooled(1)[1].envelope
end

unpack = unpack or table.unpack

local envelope = take("192.0.2.1", nil, "billing@ours.example", "c@customer.example")
wire.expect_member(envelope, '"direction":"outgoing","evidence":["network","sender"]')

envelope = take("unspec", nil, "billing@ours.example", "c@customer.example")
wire.expect_member(envelope, '"direction":"outgoing","evidence":["local","sender"]')
wire.expect_member(envelope, '"client_address":null')

envelope = take("2001:db8::1", nil, "c@customer.example", "ar@ours.example")
wire.expect_member(envelope, '"client_address":"2001:db8::1"')
wire.expect_member(envelope, '"direction":"incoming","evidence":["mailbox"]')

envelope = take("203.0.113.9", nil, "", "billing@ours.example")
wire.expect_member(envelope, '"sender":""')
wire.expect_member(envelope, '"evidence":["mailbox","report"]')

envelope = take("203.0.113.9", nil, "d@customer.example", "paul@ours.example",
	{{"References", "<a@b>\n <invoice-1@ours.example>"}})
wire.expect_member(envelope, '"direction":"incoming","evidence":["thread"]')

envelope = take("192.0.2.1", nil, "billing@ours.example", "c@customer.example", {{"Message-ID", "<invoice-1@ours.example>"}})
wire.expect_member(envelope, '"evidence":["network","sender","own"]')
