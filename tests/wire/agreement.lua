-- No action is ever asked for, and no step but those offered.
local function expect_option(connection, name, should)
	wire.expect(name, mt.test_option(connection, _G[name]), should)
end

local connection = wire.connect()
wire.expect("negotiate", mt.negotiate(connection, nil, nil, nil), nil)
for _, action in ipairs({"SMFIF_ADDHDRS", "SMFIF_CHGBODY", "SMFIF_ADDRCPT", "SMFIF_DELRCPT", "SMFIF_CHGHDRS",
	"SMFIF_QUARANTINE"}) do
	wire.expect(action, mt.test_action(connection, _G[action]), false)
end
for _, option in ipairs({"SMFIP_NOHELO", "SMFIP_NOUNKNOWN", "SMFIP_NODATA", "SMFIP_SKIP", "SMFIP_NR_HDR",
	"SMFIP_NR_CONN", "SMFIP_NR_MAIL", "SMFIP_NR_RCPT"}) do
	expect_option(connection, option, true)
end
for _, option in ipairs({"SMFIP_NOCONNECT", "SMFIP_NOMAIL", "SMFIP_NORCPT", "SMFIP_NOBODY", "SMFIP_NOHDRS",
	"SMFIP_NOEOH", "SMFIP_NR_EOH", "SMFIP_NR_BODY", "SMFIP_RCPT_REJ"}) do
	expect_option(connection, option, false)
end
wire.answer(connection, "new\r\n")
mt.disconnect(connection)
wire.expect_spooled(1)

-- An MTA of protocol 2 knows neither SKIP nor silence: 0x7f are the steps that it has.
connection = wire.connect()
wire.expect("negotiate", mt.negotiate(connection, 2, 0x1f, 0x7f), nil)
expect_option(connection, "SMFIP_SKIP", false)
expect_option(connection, "SMFIP_NODATA", false)
wire.answer(connection, "old\r\n")
wire.envelope(connection, "c@customer.example", "ar@ours.example")
wire.end_of_headers(connection, SMFIR_CONTINUE)
wire.large_body(connection, 20000000, SMFIR_ACCEPT)
mt.disconnect(connection)
wire.wait_for_empty_tmp()
wire.expect("message", wire.expect_spooled(1)[1].message, "Subject: x\r\n\r\nold\r\n")
