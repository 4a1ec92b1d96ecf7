-- Mail that is not for us is accepted at the end of its headers: its body never leaves the MTA.
local cases = {
	{"203.0.113.9", "x@nobody.example", "paul@ours.example"},
	{"203.0.113.9", "billing@ours.example", "c@customer.example"}, -- claims to be ours
	{"192.0.2.1", "paul@ours.example", "c@customer.example"},
	{"203.0.113.9", "", "paul@ours.example"},
}
for _, case in ipairs(cases) do
	local connection = wire.client(case[1])
	wire.envelope(connection, case[2], case[3])
	wire.end_of_headers(connection, SMFIR_ACCEPT)
	mt.disconnect(connection)
end
wire.expect_spooled(0)
