#include "unit.h"
#include "mail/authentication_results.h"

static void only_our_own_verifier_is_believed(void **state)
{
	(void)state;
	static const struct {
		const char *value;
		bool passed;
	} rows[] = {
	    {"mx.legof.example; dmarc=pass header.from=client.example", true},
	    {"MX.legof.example 1; spf=pass smtp.mailfrom=x.example;\n\tdkim=pass (2048-bit; ok) "
	     "header.d=client.example",
		true},
	    {"mx.legof.example; dkim=pass header.i=@mail.client.example", true},
	    {"mx.legof.example; dkim=fail header.d=client.example; dkim=pass header.d=client.example", true},
	    {"mx.legof.example; dkim=pass header.d=other.example", false},
	    {"mx.legof.example; dkim=pass header.d=evil-client.example", false},
	    {"mx.legof.example; dkim=pass header.d=example", false},
	    {"mx.legof.example; dkim=fail reason=\"dkim=pass header.d=client.example\"", false},
	    {"mx.legof.example; dkim=none (dkim=pass header.d=client.example)", false},
	    {"mx.legof.example; dkim=pass header.d=mail.client.example; dmarc=fail header.from=client.example", false},
    {"mx.legof.example; spf=pass smtp.mailfrom=client.example", false},
	    {"evil.example; dmarc=pass header.from=client.example", false},
	    {"dmarc=pass header.from=client.example", false},
	    {"mx.legof.example; dmarc=pass (header.from=client.example", false},
	    {"mx.legof.example; none", false},
	    {"", false},
	};
	char *ids[] = {(char *)"mx.legof.example"};
	struct text_list list = {ids, 1}, nobody = {NULL, 0};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GPtrArray *values = g_ptr_array_new();
		g_ptr_array_add(values, (void *)rows[i].value);
		if (authentication_passed(values, &list, "client.example") != rows[i].passed)
			fail_msg("row %zu: %s", i, rows[i].value);
		assert_false(authentication_passed(values, &nobody, "client.example"));
		g_ptr_array_unref(values);
	}
}

static void only_the_topmost_field_counts(void **state)
{
	(void)state;
	char *ids[] = {(char *)"mx.legof.example"};
	struct text_list list = {ids, 1};
	GPtrArray *values = g_ptr_array_new();
	assert_false(authentication_passed(values, &list, "client.example"));
	g_ptr_array_add(values, (void *)"other.example; none");
	g_ptr_array_add(values, (void *)"mx.legof.example; dmarc=pass header.from=client.example");
	assert_false(authentication_passed(values, &list, "client.example"));
	g_ptr_array_unref(values);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_our_own_verifier_is_believed),
	    cmocka_unit_test(only_the_topmost_field_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
