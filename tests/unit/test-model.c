#include "unit.h"
#include "language/features.h"
#include "language/model.h"

#define FEATURES 5000

static uint64_t place_of(uint32_t feature)
{
	return (uint64_t)model_order(feature) << 1 | !!(feature & UNIT_SIDE);
}

static int by_order(const void *a, const void *b)
{
	uint64_t first = place_of(*(const uint32_t *)a), second = place_of(*(const uint32_t *)b);
	return (first > second) - (first < second);
}

/* So many features, each once, in their order. */
static uint32_t *some_features(size_t count)
{
	uint32_t *features = g_new(uint32_t, count);
	for (size_t i = 0; i < count; i++)
		features[i] =
		    (uint32_t)(i + 1) * 0x01234567u | 1; /* 0 is none; the odd factor repeats none */
	qsort(features, count, sizeof *features, by_order);
	return features;
}

static int weight_of(uint32_t feature, size_t column)
{
	return (int)((feature >> column) % (2 * MODEL_WEIGHT_MOST + 1)) - MODEL_WEIGHT_MOST;
}

/* A line of a model for FEATURE, with the columns of reasons and things where VALUES. */
static void add_line(GString *text, uint32_t feature, bool values)
{
	int weights[INTENT_COUNT + MODEL_VALUES];
	char written[INTENT_COUNT + MODEL_VALUES];
	size_t count = values ? ARRAY_LENGTH(weights) : INTENT_COUNT;
	for (size_t i = 0; i < count; i++)
		weights[i] = weight_of(feature, i % 24);
	model_write_weights(weights, count, written);
	g_string_append_printf(text, "%08x", feature);
	g_string_append_len(text, written, (gssize)count);
	g_string_append_c(text, '\n');
}

static struct model *model_of(const GString *text)
{
	struct error error = {0};
	struct model *model = model_parse("x", text->str, text->len, &error);
	if (!model)
		fail_msg("refused: %s", error.text);
	return model;
}

/* What the model says of a reply with one feature. */
static void score_one(const struct model *model, uint32_t feature, int scores[INTENT_COUNT])
{
	uint32_t units[INTENT_COUNT], key = feature;
	model_find(model, &key, 1);
	struct features features = {.keys = &key, .document = key != 0};
	features.units = g_array_new(FALSE, FALSE, sizeof(struct feature_unit));
	model_score(model, &features, scores, units);
	g_array_free(features.units, TRUE);
}

/* The reasons and things of a reply with one key, which is of no unit. */
static void score_values_of_one(const struct model *model, uint32_t key, int scores[MODEL_VALUES])
{
	struct features features = {.keys = &key, .document = 1};
	features.units = g_array_new(FALSE, FALSE, sizeof(struct feature_unit));
	model_score_values(model, &features, scores);
	g_array_free(features.units, TRUE);
}

static void each_feature_has_the_weights_of_its_own_line(void **state)
{
	(void)state;
	uint32_t *features = some_features(FEATURES);
	GString *text = g_string_new("relance-model 4\n");
	for (size_t i = 0; i < FEATURES; i += 2) /* the others are unknown */
		add_line(text, features[i], i % 3 == 0);
	struct model *model = model_of(text);
	for (size_t i = 0; i < FEATURES; i++) {
		int scores[INTENT_COUNT];
		score_one(model, features[i], scores);
		for (size_t k = 0; k < INTENT_COUNT; k++)
			if (scores[k] != (i % 2 ? 0 : weight_of(features[i], k)))
				fail_msg("feature %08x, intent %zu: %d", features[i], k, scores[k]);
	}
	model_free(model);
	g_string_free(text, TRUE);
	g_free(features);
}

/* Every other one of so many features and what it is of a unit; lines that the model knows. */
static struct model *model_of_partners(uint32_t *features, size_t count)
{
	for (size_t i = 0; i + 1 < count; i += 2)
		features[i + 1] = features[i] ^ UNIT_MASK;
	qsort(features, count, sizeof *features, by_order);
	GString *text = g_string_new("relance-model 4\n");
	for (size_t i = 0; i < count; i++)
		add_line(text, features[i], i % 3 == 0);
	struct model *model = model_of(text);
	g_string_free(text, TRUE);
	return model;
}

static void partners_have_weights_of_their_own_and_keys_that_differ_by_the_bits_of_units(void **state)
{
	(void)state;
	uint32_t *features = some_features(FEATURES);
	struct model *model = model_of_partners(features, FEATURES);
	for (size_t i = 0; i < FEATURES; i++) {
		uint32_t keys[] = {features[i], features[i] ^ UNIT_MASK};
		int scores[INTENT_COUNT];
		model_find(model, keys, 2);
		assert_int_equal(keys[0] ^ keys[1], model_key_of_unit(model));
		score_one(model, features[i], scores);
		for (size_t k = 0; k < INTENT_COUNT; k++)
			assert_int_equal(scores[k], weight_of(features[i], k));
	}
	model_free(model);
	g_free(features);
}

static void reasons_and_things_are_those_of_the_one_partner_or_of_both(void **state)
{
	(void)state;
	uint32_t *features = some_features(FEATURES);
	struct model *model = model_of_partners(features, FEATURES);
	for (size_t i = 0; i < FEATURES; i++) {
		uint32_t key = features[i];
		int scores[MODEL_VALUES];
		model_find(model, &key, 1);
		score_values_of_one(model, key, scores);
		for (size_t k = 0; k < MODEL_VALUES; k++)
			assert_int_equal(
			    scores[k], i % 3 ? 0 : weight_of(features[i], (INTENT_COUNT + k) % 24));
	}
	model_free(model);
	g_free(features);
}

#define AGAINST                                                                                              \
	"PP\"P\"\"PPPPPPP\n" /* as much as a row can say against a dispute, a promise and a payment          \
			      */

static void the_rest_of_a_reply_says_only_so_much_against_what_a_sentence_promises(void **state)
{
	(void)state;
	GString *text = g_string_new(
	    "relance-model 4\n00000020" AGAINST "00000018" AGAINST "00000010" AGAINST "00000008" AGAINST);
	struct model *model = model_of(text);
	uint32_t keys[] = {8, 16, 24, 32};
	int scores[INTENT_COUNT];
	uint32_t units[INTENT_COUNT];
	model_find(model, keys, 4);
	struct features features = {.keys = keys};
	features.units = g_array_new(FALSE, FALSE, sizeof(struct feature_unit));
	for (features.document = 3; features.document <= 4; features.document++) {
		int sum = -MODEL_WEIGHT_MOST * (int)features.document;
		model_score(model, &features, scores, units);
		assert_int_equal(scores[INTENT_DISPUTE], sum);
		assert_int_equal(scores[INTENT_PROMISE], MAX(sum, -MODEL_DOUBT_MOST));
		assert_int_equal(scores[INTENT_PAID], MAX(sum, -MODEL_DOUBT_MOST));
	}
	g_array_free(features.units, TRUE);
	model_free(model);
	g_string_free(text, TRUE);
}

static void what_the_model_does_not_know_has_no_key(void **state)
{
	(void)state;
	uint32_t *features = some_features(FEATURES), *keys = g_memdup2(features, FEATURES * sizeof *keys);
	GString *text = g_string_new("relance-model 4\n");
	for (size_t i = 0; i < FEATURES; i += 2)
		add_line(text, features[i], false);
	struct model *model = model_of(text);
	model_find(model, keys, FEATURES);
	for (size_t i = 0; i < FEATURES; i++)
		assert_int_equal(keys[i] == 0, i % 2);
	memcpy(keys, features, FEATURES * sizeof *keys);
	model_find(NULL, keys, FEATURES);
	assert_memory_equal(keys, features, FEATURES * sizeof *keys);
	model_free(model);
	g_string_free(text, TRUE);
	g_free(keys);
	g_free(features);
}

static void a_model_whose_rows_are_not_in_their_order_is_refused(void **state)
{
	(void)state;
	uint32_t *features = some_features(3);
	static const size_t wrong[][3] = {{0, 2, 1}, {1, 0, 2}, {0, 1, 1}, {0, 0, 1}};
	static const char *const lines[] = {"x:4:", "x:3:", "x:4:", "x:3:"};
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		GString *text = g_string_new("relance-model 4\n");
		for (size_t k = 0; k < 3; k++)
			add_line(text, features[wrong[i][k]], false);
		struct error error = {0};
		assert_null(model_parse("x", text->str, text->len, &error));
		assert_true(g_str_has_prefix(error.text, lines[i]));
		g_string_free(text, TRUE);
	}
	g_free(features);
}

static void a_row_may_be_of_the_partner_and_end_where_it_says_nothing_more(void **state)
{
	(void)state;
	GString *text = g_string_new("relance-model 4\n00000008QPPPPPPPPPPPPPR\n+SPPPPPPPPPPPPPPT\n");
	struct model *model = model_of(text);
	uint32_t keys[] = {8, 8 ^ UNIT_MASK};
	model_find(model, keys, 2);
	static const struct {
		int intent, price, quantity, quality;
	} want[] = {{1, 0, 2, 0}, {3, 0, 0, 4}};
	for (size_t i = 0; i < 2; i++) {
		int scores[INTENT_COUNT], values[MODEL_VALUES];
		score_one(model, i ? 8 ^ UNIT_MASK : 8, scores);
		score_values_of_one(model, keys[i], values);
		assert_int_equal(scores[0], want[i].intent);
		assert_int_equal(values[0], want[i].price);
		assert_int_equal(values[1], want[i].quantity);
		assert_int_equal(values[2], want[i].quality);
		assert_int_equal(values[MODEL_VALUES - 1], 0);
	}
	model_free(model);
	g_string_free(text, TRUE);
}

/* price, quantity and invoice_copy: 2, 0, 0 of the whole; 1, 4, 3 of a sentence. */
static void the_unit_that_says_most_for_a_reason_adds_it_and_no_thing(void **state)
{
	(void)state;
	GString *text =
	    g_string_new("relance-model 4\n00000008PPPPPPPPPPPPPR\n+PPPPPPPPPPPPPQTPPPPPPPPPPS\n");
	struct model *model = model_of(text);
	uint32_t keys[] = {8, 8 ^ UNIT_MASK};
	model_find(model, keys, 2);
	struct features features = {.keys = keys, .document = 1};
	features.units = g_array_new(FALSE, FALSE, sizeof(struct feature_unit));
	struct feature_unit units[] = {{.from = 1, .count = 1}, {.from = 1, .count = 0}};
	for (size_t i = 0; i < 2; i++) {
		int scores[MODEL_VALUES];
		g_array_insert_val(features.units, 0, units[i]); /* the order does not matter */
		model_score_values(model, &features, scores);
		assert_int_equal(scores[0], 3);
		assert_int_equal(scores[1], 4);
		assert_int_equal(scores[MODEL_REASONS], 0);
	}
	g_array_free(features.units, TRUE);
	model_free(model);
	g_string_free(text, TRUE);
}

static void rows_that_are_wrong_are_refused_with_their_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *line;
	} wrong[] = {
	    {"+PPPPPPPPPPPPP\n", "x:2:"},					 /* the partner of none */
	    {"00000008PPPPPPPPPPPPP\n+PPPPPPPPPPPPP\n+PPPPPPPPPPPPP\n", "x:4:"}, /* of a partner */
	    {"00000008PPPPPPPPPPPP\n", "x:2:"},					 /* an intent is missing */
	    {"00000008PPPPPPPPPPPPP\n+PPPPPPPPPPPP\n", "x:3:"},
	    {"00000008PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP\n", "x:2:"}, /* one too many */
	    {"00000008PPPPPPPPPPPPP \n", "x:2:"},		       /* no weight */
	    {"00000000PPPPPPPPPPPPP\n", "x:2:"},		       /* no feature */
	    {"+\n", "x:2:"},
	    {"55aa5508PPPPPPPPPPPPP\n00000008PPPPPPPPPPPPP\n", "x:3:"}, /* the other partner is the first */
	    {"55aa5508PPPPPPPPPPPPP\n55aa5508PPPPPPPPPPPPP\n", "x:3:"},
	    {"calibration 10 1001\n", "x:2:"}, /* thousandths */
	    {"calibration 10 -1\n", "x:2:"},
	    {"calibration 10 500\ncalibration 10 600\ncalibration 9 700\n", "x:4:"}, /* going down */
	    {"calibration 10 500 9\n", "x:2:"},
	    {"days 1x\n", "x:2:"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		char *text = g_strconcat("relance-model 4\n", wrong[i].text, NULL);
		struct error error = {0};
		if (model_parse("x", text, strlen(text), &error))
			fail_msg("%s", wrong[i].text);
		assert_true(g_str_has_prefix(error.text, wrong[i].line));
		g_free(text);
	}
}

/* Two rows of days: 8 speaks for the first kind, 16 against it and for the second. */
#define DAY_ROWS "=00000008ZPPP\n=00000010FZPP\n"

static int score_days(const struct model *model, const uint32_t *features, guint count, enum day_kind kind)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	g_array_append_vals(list, features, count);
	int score = model_score_day(model, list, kind);
	g_array_free(list, TRUE);
	return score;
}

static void the_features_of_a_day_are_added_up_for_its_kind(void **state)
{
	(void)state;
	GString *text = g_string_new("relance-model 4\ndays 2\n" DAY_ROWS);
	struct model *model = model_of(text);
	static const uint32_t features[] = {8, 16, 24};
	assert_true(model_knows_days(model));
	assert_int_equal(score_days(model, features, 1, DAY_OF_PROMISE), 'Z' - 'P');
	assert_int_equal(score_days(model, features, 3, DAY_OF_PROMISE), 'Z' - 'P' + 'F' - 'P');
	assert_int_equal(score_days(model, features, 3, DAY_OF_PAYMENT), 'Z' - 'P');
	assert_int_equal(score_days(model, features + 2, 1, DAY_OF_PROMISE), 0);
	model_free(model);
	g_string_assign(text, "relance-model 4\n");
	model = model_of(text);
	assert_false(model_knows_days(model));
	model_free(model);
	g_string_free(text, TRUE);
}

static void rows_of_days_that_are_wrong_are_refused_with_their_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *line;
	} wrong[] = {
	    {DAY_ROWS, "x:2:"},					/* not announced */
	    {"days 1\n" DAY_ROWS, "x:4:"},			/* more than announced */
	    {"days 0\n", "x:2:"},				/* nothing announced */
	    {"days 2\ndays 2\n", "x:3:"},			/* announced twice */
	    {"days 2\n=00000008ZPPP\n=00000008ZPPP\n", "x:4:"}, /* the same feature twice */
	    {"days 1\n=00000008ZPP\n", "x:3:"},			/* a kind is missing */
	    {"days 1\n=0000000gZPPP\n", "x:3:"},		/* no number */
	    {"days 1\n=00000000ZPPP\n", "x:3:"},		/* no feature */
	    {"days 1\n=00000008ZP P\n", "x:3:"},		/* no weight */
	};
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		char *text = g_strconcat("relance-model 4\n", wrong[i].text, NULL);
		struct error error = {0};
		assert_null(model_parse("x", text, strlen(text), &error));
		assert_true(g_str_has_prefix(error.text, wrong[i].line));
		g_free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_feature_has_the_weights_of_its_own_line),
	    cmocka_unit_test(partners_have_weights_of_their_own_and_keys_that_differ_by_the_bits_of_units),
	    cmocka_unit_test(reasons_and_things_are_those_of_the_one_partner_or_of_both),
	    cmocka_unit_test(the_rest_of_a_reply_says_only_so_much_against_what_a_sentence_promises),
	    cmocka_unit_test(what_the_model_does_not_know_has_no_key),
	    cmocka_unit_test(a_row_may_be_of_the_partner_and_end_where_it_says_nothing_more),
	    cmocka_unit_test(the_unit_that_says_most_for_a_reason_adds_it_and_no_thing),
	    cmocka_unit_test(rows_that_are_wrong_are_refused_with_their_line),
	    cmocka_unit_test(a_model_whose_rows_are_not_in_their_order_is_refused),
	    cmocka_unit_test(the_features_of_a_day_are_added_up_for_its_kind),
	    cmocka_unit_test(rows_of_days_that_are_wrong_are_refused_with_their_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
