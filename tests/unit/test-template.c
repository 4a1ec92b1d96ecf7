#include "unit.h"
#include "dunning/template.h"

static char *rendered(const char *template_text, const char *context_text, enum template_place place)
{
	struct error error = {0};
	struct template *template = template_parse("x.txt", template_text, &error);
	if (!template)
		fail_msg("%s", error.text);
	json_t *context = json_loads(context_text, 0, NULL);
	assert_non_null(context);
	struct buffer text = BUFFER_EMPTY;
	template_render(template, context, place, &text);
	json_decref(context);
	template_free(template);
	return buffer_take(&text);
}

static void values_and_sections_are_filled_in(void **state)
{
	(void)state;
	static const struct {
		const char *template, *context, *text;
	} rows[] = {
	    {"Hello {{name}}!", "{\"name\":\"Anne\"}", "Hello Anne!"},
	    {"{{a.b.c}}{{a.x}}", "{\"a\":{\"b\":{\"c\":3}}}", "3"},
	    {"{{#list}}<{{n}}{{z}}>{{/list}}", "{\"list\":[{\"n\":1},{\"n\":2}],\"z\":\"z\"}", "<1z><2z>"},
	    {"{{#no}}x{{/no}}{{^no}}y{{/no}}", "{\"no\":false}", "y"},
	    {"{{#zero}}x{{/zero}}{{#empty}}x{{/empty}}{{#nothing}}x{{/nothing}}", "{\"zero\":0,\"empty\":[]}",
		""},
	    {"a\n{{#yes}}\nb\n{{/yes}}\nc\n", "{\"yes\":true}", "a\nb\nc\n"},
	    {"a\n  {{! a remark }}  \nc\n", "{}", "a\nc\n"},
	    {"a {{#yes}}b{{/yes}}\nc\n", "{\"yes\":true}", "a b\nc\n"},
	    {"{{#yes}}\n{{#no}}\nx\n{{/no}}\n{{/yes}}\nc", "{\"yes\":true}", "c"},
	    {"{{name}}\nx", "{\"name\":\"\"}", "\nx"},
	    {"no tags", "{}", "no tags"},
	    {"", "{}", ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *text = rendered(rows[i].template, rows[i].context, TEMPLATE_TEXT);
		assert_string_equal(text, rows[i].text);
		free(text);
	}
}

static void values_are_escaped_for_their_place(void **state)
{
	(void)state;
	const char *context = "{\"v\":\"<b>\\\"A & B's\\\"\\nC\\u0007\"}";
	static const struct {
		enum template_place place;
		const char *text;
	} rows[] = {
	    {TEMPLATE_HTML, "&lt;b&gt;&quot;A &amp; B&#39;s&quot;<br>\nC"},
	    {TEMPLATE_TEXT, "<b>\"A & B's\"\nC"},
	    {TEMPLATE_LINE, "<b>\"A & B's\" C"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *text = rendered("{{v}}", context, rows[i].place);
		assert_string_equal(text, rows[i].text);
		free(text);
	}
}

static void a_bad_template_is_refused_with_its_line(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"a\n{{name", "x.txt:2: {{ is never closed"},
	    {"a\n{{#list}}\nb", "x.txt:2: {{#list}} is never ended"},
	    {"{{#a}}{{#b}}{{/a}}{{/b}}", "x.txt:1: {{/a}} ends no section that is open here"},
	    {"{{Name}}", "x.txt:1: \"Name\" is no name: a-z 0-9 _ and points"},
	    {"{{{raw}}}", "x.txt:1: \"{raw\" is no name: a-z 0-9 _ and points"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct error error = {0};
		assert_null(template_parse("x.txt", rows[i][0], &error));
		assert_string_equal(error.text, rows[i][1]);
		assert_int_equal(error.status, STATUS_CONFIG);
	}
}

static void an_unknown_name_is_found_at_load(void **state)
{
	(void)state;
	static const char *const known[] = {"customer.name", "items", "number", NULL};
	struct error error = {0};
	struct template *good =
	    template_parse("a", "{{customer.name}}{{#items}}{{number}}{{/items}}", &error);
	struct template *bad = template_parse("b.html", "{{#items}}\n{{nmber}}{{/items}}", &error);
	assert_true(template_check(good, known, &error));
	assert_false(template_check(bad, known, &error));
	assert_string_equal(error.text, "b.html:2: there is no \"nmber\"");
	template_free(good);
	template_free(bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values_and_sections_are_filled_in),
	    cmocka_unit_test(values_are_escaped_for_their_place),
	    cmocka_unit_test(a_bad_template_is_refused_with_its_line),
	    cmocka_unit_test(an_unknown_name_is_found_at_load),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
