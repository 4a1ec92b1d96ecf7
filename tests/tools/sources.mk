# Programs that tests and figures use.
EXTRA_PROGRAMS += tests/tools/read-json
tests_tools_read_json_SOURCES = tests/tools/read-json.c
tests_tools_read_json_LDADD = libreader_client.a $(READER_LIBS)
