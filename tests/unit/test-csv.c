#include "unit.h"
#include "base/csv.h"

static void assert_row(const struct csv *csv, size_t row, int line, const char *const *cells, size_t count)
{
	assert_true(row < csv->count);
	assert_int_equal(csv->rows[row].line, line);
	assert_int_equal(csv->rows[row].count, count);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(csv->rows[row].cells[i], cells[i]);
}
#define ASSERT_ROW(csv, row, line, ...)                                                                      \
	assert_row(csv, row, line, (const char *const[]){__VA_ARGS__},                                       \
	    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void parse(const char *text, struct csv *csv)
{
	struct error error = {0};
	assert_true(csv_parse("t.csv", text, strlen(text), csv, &error));
}

static void the_separator_is_the_one_that_stands_most_often(void **state)
{
	(void)state;
	static const char *const texts[] = {"a,b,c\n1,\"2;3\",4\n", "a;b;c\n1;\"2;3\";4\n",
	    "a\tb\tc\n1\t\"2;3\"\t4\n", "\357\273\277a;b;c\r\n1;2;3\r\n"};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
		struct csv csv;
		parse(texts[i], &csv);
		ASSERT_ROW(&csv, 0, 1, "a", "b", "c");
		assert_int_equal(csv.rows[1].count, 3);
		csv_clear(&csv);
	}
}

static void quotes_hold_separators_quotes_and_line_ends(void **state)
{
	(void)state;
	struct csv csv;
	parse("a,b\n\"x, y\",\"say \"\"no\"\"\"\n\"two\nlines\",\"\"\nlast,\n", &csv);
	ASSERT_ROW(&csv, 1, 2, "x, y", "say \"no\"");
	ASSERT_ROW(&csv, 2, 3, "two\nlines", "");
	ASSERT_ROW(&csv, 3, 5, "last", "");
	assert_int_equal(csv.count, 4);
	csv_clear(&csv);
}

static void line_ends_of_all_kinds_count_and_empty_lines_are_left_out(void **state)
{
	(void)state;
	struct csv csv;
	parse("a,b\r\n\r\n1,2\r3,4\n\n5,6", &csv);
	assert_int_equal(csv.count, 4);
	ASSERT_ROW(&csv, 1, 3, "1", "2");
	ASSERT_ROW(&csv, 2, 4, "3", "4");
	ASSERT_ROW(&csv, 3, 6, "5", "6");
	csv_clear(&csv);
	parse("", &csv);
	assert_int_equal(csv.count, 0);
	csv_clear(&csv);
}

static void what_is_broken_is_told_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t length;
		const char *message;
	} rows[] = {
	    {"a,b\n\"open,1\n", 12, "t.csv:2: a quote that is never closed"},
	    {"a,b\n\"x\"y,1\n", 11, "t.csv:2: text behind a closing quote"},
	    {"a,b\n1,\xff\n", 8, "t.csv:2: not UTF-8 text"},
	    {"a,b\n1,\0\n", 8, "t.csv:2: not UTF-8 text"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct csv csv;
		struct error error = {0};
		assert_false(csv_parse("t.csv", rows[i].text, rows[i].length, &csv, &error));
		assert_int_equal(error.status, STATUS_DATA);
		assert_string_equal(error.text, rows[i].message);
		assert_null(csv.rows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_separator_is_the_one_that_stands_most_often),
	    cmocka_unit_test(quotes_hold_separators_quotes_and_line_ends),
	    cmocka_unit_test(line_ends_of_all_kinds_count_and_empty_lines_are_left_out),
	    cmocka_unit_test(what_is_broken_is_told_with_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
