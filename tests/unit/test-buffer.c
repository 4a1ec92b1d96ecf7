#include "unit.h"
#include "base/buffer.h"

static void it_grows_and_can_be_taken(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_EMPTY;
	assert_string_equal(buffer.bytes, "");
	for (int i = 0; i < 1000; i++)
		buffer_printf(&buffer, "%03d", i);
	assert_int_equal(buffer.length, 3000);
	assert_memory_equal(buffer.bytes + 2997, "999", 4);
	char *bytes = buffer_take(&buffer);
	assert_int_equal(strlen(bytes), 3000);
	free(bytes);
	assert_string_equal(buffer.bytes, "");
	buffer_clear(&buffer);
}

static void json_strings_are_always_valid(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_EMPTY;
	buffer_append_json_string(&buffer, "a\"b\\c\n\x01 \xc3\xa9 \xff \xed\xa0\x80");
	assert_string_equal(buffer.bytes,
	    "\"a\\\"b\\\\c\\u000a\\u0001 \xc3\xa9 \xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
	buffer_reset(&buffer);
	buffer_append_json_string(&buffer, NULL);
	assert_string_equal(buffer.bytes, "null");
	buffer_clear(&buffer);
}

/* Short and long, into an empty buffer and behind what is there. */
static void printing_takes_any_length(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_EMPTY;
	char expected[400];
	memset(expected, 'x', sizeof expected);
	for (int length = 0; length < 300; length++) {
		buffer_clear(&buffer);
		buffer_printf(&buffer, "%.*s", length, expected);
		buffer_printf(&buffer, "%.*s%d", length % 70, expected, 7);
		assert_int_equal(buffer.length, length + length % 70 + 1);
		assert_memory_equal(buffer.bytes, expected, buffer.length - 1);
		assert_string_equal(buffer.bytes + buffer.length - 1, "7");
	}
	buffer_clear(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(printing_takes_any_length),
	    cmocka_unit_test(it_grows_and_can_be_taken),
	    cmocka_unit_test(json_strings_are_always_valid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
