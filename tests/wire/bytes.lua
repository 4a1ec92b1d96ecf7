-- The spool holds what came: NUL bytes, bare line ends, folded headers, ten megabytes.
local connection = wire.client()

wire.envelope(connection, "c@customer.example", "ar@ours.example",
	{{"Subject", "a\n\tb\n c"}, {"X-Empty", ""}, {"X-Raw", "caf\233"}})
wire.end_of_headers(connection, SMFIR_CONTINUE)
wire.expect("body", mt.bodyfile(connection, odd), nil)
wire.reply("body", connection, SMFIR_CONTINUE)
wire.end_of_message(connection)
local taken = wire.expect_spooled(1)
local file = assert(io.open(odd, "rb"))
wire.expect("message", taken[1].message,
	"Subject: a\r\n\tb\r\n c\r\nX-Empty: \r\nX-Raw: caf\233\r\n\r\n" .. file:read("*a"))
file:close()

wire.envelope(connection, "c@customer.example", "ar@ours.example")
wire.end_of_headers(connection, SMFIR_CONTINUE)
wire.large_body(connection, 10000000, SMFIR_CONTINUE)
wire.end_of_message(connection)
wire.expect("length", #wire.expect_spooled(1)[1].message, 14 + 10000000)
mt.disconnect(connection)
