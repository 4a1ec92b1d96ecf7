#include "train-days.h"
#include "dropping.h"

#include "language/day_choice.h"
#include "language/features.h"
#include "language/model.h"

#include <math.h>

#define EPOCHS	      24
#define RATE	      0.15
#define AVERAGE_FROM  8
#define SEEN_AT_LEAST 4
#define NONE_WEIGHT   0.1 /* of texts with an intent that has no day: few of them speak of another day */

/* How strongly the weights of each group of features (day_features.c) are held down. */
static const double decay[8] = {0, 0.003, 0.01, 0.03, 0.03, 0.05, 0.05, 0.05};

/* The days of one text for one intent. */
struct lesson {
	enum day_kind kind;
	unsigned fold;
	double weight;
	bool judged, held_out;
	GPtrArray *choices; /* of GArray of uint32_t: first hashes, then numbers */
	GArray *right;	    /* of bool: which of them are meant */
	bool rules_right;
	guint by_rules;
};

struct day_trainer {
	GPtrArray *lessons;
	GArray *names;
	double *weights, *squares; /* feature * DAY_KINDS + kind */
	struct dropping dropping;
	unsigned count[2][DAY_KINDS], hit[2][DAY_KINDS], rules[2][DAY_KINDS]; /* 1: held out */
};

static const struct {
	enum intent_kind intent;
	const char *field;
} kinds[DAY_KINDS] = {
    [DAY_OF_PROMISE] = {INTENT_PROMISE, "date"},
    [DAY_OF_PAYMENT] = {INTENT_PAID, "date"},
    [DAY_OF_RETURN] = {INTENT_ABSENCE, "until"},
    [DAY_OF_REMITTANCE] = {INTENT_REMITTANCE, "date"},
};

struct day_trainer *day_trainer_new(void)
{
	struct day_trainer *trainer = g_new0(struct day_trainer, 1);
	trainer->lessons = g_ptr_array_new();
	trainer->names = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	return trainer;
}

static void lesson_free(struct lesson *lesson)
{
	for (guint i = 0; i < lesson->choices->len; i++)
		g_array_free(lesson->choices->pdata[i], TRUE);
	g_ptr_array_free(lesson->choices, TRUE);
	g_array_free(lesson->right, TRUE);
	g_free(lesson);
}

void day_trainer_free(struct day_trainer *trainer)
{
	for (guint i = 0; i < trainer->lessons->len; i++)
		lesson_free(trainer->lessons->pdata[i]);
	g_ptr_array_free(trainer->lessons, TRUE);
	g_array_free(trainer->names, TRUE);
	g_free(trainer->weights);
	g_free(trainer->squares);
	g_free(trainer);
}

/* The days that the labels give for KIND: of date_t. NULL where there is no such intent. */
static GArray *wanted_days(const struct example *example, enum day_kind kind)
{
	const json_t *intents = json_object_get(json_object_get(example->json, "labels"), "intents");
	GArray *days = NULL;
	for (size_t i = 0; i < json_array_size(intents); i++) {
		const json_t *intent = json_array_get(intents, i);
		const char *word = json_string_value(json_object_get(intent, "intent"));
		if (!word || strcmp(word, intent_kind_word(kinds[kind].intent)) != 0)
			continue;
		if (!days)
			days = g_array_new(FALSE, FALSE, sizeof(date_t));
		const char *text = json_string_value(json_object_get(intent, kinds[kind].field));
		date_t day;
		if (text && date_parse(text, &day))
			g_array_append_val(days, day);
	}
	return days;
}

static bool is_wanted(const GArray *days, date_t day)
{
	for (guint i = 0; i < days->len; i++)
		if (g_array_index(days, date_t, i) == day)
			return true;
	return day == DATE_NONE && days->len == 0;
}

/* NULL where none of the days is right: they teach nothing. */
static struct lesson *lesson_new(GArray *choices, const GArray *days)
{
	struct lesson *lesson = g_new0(struct lesson, 1);
	bool any = false;
	lesson->choices = g_ptr_array_new();
	lesson->right = g_array_new(FALSE, FALSE, sizeof(bool));
	for (guint i = 0; i < choices->len; i++) {
		struct day_choice *choice = &g_array_index(choices, struct day_choice, i);
		bool right = is_wanted(days, choice->day);
		any |= right;
		lesson->rules_right |= right && choice->by_rules;
		if (choice->by_rules)
			lesson->by_rules = i;
		g_array_append_val(lesson->right, right);
		g_ptr_array_add(lesson->choices, g_array_copy(choice->features));
	}
	if (any)
		return lesson;
	lesson_free(lesson);
	return NULL;
}

void day_trainer_add(struct day_trainer *trainer, const struct lexicon *lexicon,
    const struct example *example, unsigned fold, double weight, bool judged)
{
	for (int kind = 0; kind < DAY_KINDS; kind++) {
		GArray *days = wanted_days(example, (enum day_kind)kind);
		if (!days)
			continue;
		GArray *choices =
		    understand_days(lexicon, example->text, &example->context, kinds[kind].intent);
		struct lesson *lesson = lesson_new(choices, days);
		g_array_free(choices, TRUE);
		if (lesson) {
			lesson->kind = (enum day_kind)kind;
			lesson->fold = fold;
			lesson->weight = days->len > 0 ? weight : NONE_WEIGHT * weight;
			lesson->judged = judged && days->len > 0;
			lesson->held_out = example->held_out;
			g_ptr_array_add(trainer->lessons, lesson);
		} else if (judged && days->len > 0) {
			trainer->count[example->held_out][kind]++;
		}
		g_array_free(days, TRUE);
	}
}

static void count_lesson(const struct lesson *lesson, GHashTable *counts)
{
	GHashTable *seen = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < lesson->choices->len; i++) {
		const GArray *features = lesson->choices->pdata[i];
		for (guint k = 0; k < features->len; k++) {
			gpointer key = GUINT_TO_POINTER(g_array_index(features, uint32_t, k));
			if (g_hash_table_add(seen, key))
				g_hash_table_insert(counts, key,
				    GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) + 1));
		}
	}
	g_hash_table_destroy(seen);
}

static void number_lesson(
    struct day_trainer *trainer, const struct lesson *lesson, GHashTable *counts, GHashTable *numbers)
{
	for (guint i = 0; i < lesson->choices->len; i++) {
		GArray *features = lesson->choices->pdata[i];
		guint kept = 0;
		for (guint k = 0; k < features->len; k++) {
			uint32_t name = g_array_index(features, uint32_t, k);
			gpointer key = GUINT_TO_POINTER(name);
			if (GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) < SEEN_AT_LEAST)
				continue;
			if (!g_hash_table_contains(numbers, key)) {
				g_hash_table_insert(numbers, key, GUINT_TO_POINTER(trainer->names->len));
				g_array_append_val(trainer->names, name);
			}
			g_array_index(features, uint32_t, kept++) =
			    GPOINTER_TO_UINT(g_hash_table_lookup(numbers, key));
		}
		g_array_set_size(features, kept);
	}
}

void day_trainer_number(struct day_trainer *trainer)
{
	GHashTable *counts = g_hash_table_new(NULL, NULL), *numbers = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < trainer->lessons->len; i++)
		count_lesson(trainer->lessons->pdata[i], counts);
	for (guint i = 0; i < trainer->lessons->len; i++)
		number_lesson(trainer, trainer->lessons->pdata[i], counts, numbers);
	g_hash_table_destroy(counts);
	g_hash_table_destroy(numbers);
	size_t size = (size_t)trainer->names->len * DAY_KINDS;
	trainer->weights = g_new0(double, size);
	trainer->squares = g_new0(double, size);
}

static void score(const struct day_trainer *trainer, const struct lesson *lesson, double *scores)
{
	double scale = dropping_scale(&trainer->dropping);
	for (guint i = 0; i < lesson->choices->len; i++) {
		const GArray *features = lesson->choices->pdata[i];
		scores[i] = 0;
		for (guint k = 0; k < features->len; k++) {
			uint32_t feature = g_array_index(features, uint32_t, k);
			if (!dropping_has(&trainer->dropping, feature))
				scores[i] +=
				    scale * trainer->weights[(size_t)feature * DAY_KINDS + lesson->kind];
		}
	}
}

/* Each choice as likely as its score says; the right ones shall have all the likelihood. */
static void learn(struct day_trainer *trainer, const struct lesson *lesson)
{
	guint count = lesson->choices->len;
	double scores[count], most = -INFINITY, sum = 0, right = 0;
	dropping_step(&trainer->dropping);
	score(trainer, lesson, scores);
	for (guint i = 0; i < count; i++)
		most = fmax(most, scores[i]);
	for (guint i = 0; i < count; i++) {
		scores[i] = exp(scores[i] - most);
		sum += scores[i];
		if (g_array_index(lesson->right, bool, i))
			right += scores[i];
	}
	for (guint i = 0; i < count; i++) {
		double slope = scores[i] / sum;
		if (g_array_index(lesson->right, bool, i))
			slope -= scores[i] / fmax(right, 1e-12);
		slope *= lesson->weight;
		if (fabs(slope) < 0.001)
			continue;
		const GArray *features = lesson->choices->pdata[i];
		for (guint k = 0; k < features->len; k++) {
			uint32_t feature = g_array_index(features, uint32_t, k);
			if (dropping_has(&trainer->dropping, feature))
				continue;
			size_t at = (size_t)feature * DAY_KINDS + lesson->kind;
			trainer->squares[at] += slope * slope;
			trainer->weights[at] -= RATE * slope / sqrt(1 + trainer->squares[at]);
		}
	}
}

static void hold_down(struct day_trainer *trainer)
{
	for (guint k = 0; k < trainer->names->len; k++)
		for (size_t i = 0; i < DAY_KINDS; i++)
			trainer->weights[k * DAY_KINDS + i] *=
			    1 - decay[g_array_index(trainer->names, uint32_t, k) & 7];
}

void day_trainer_train(struct day_trainer *trainer, unsigned without)
{
	size_t size = (size_t)trainer->names->len * DAY_KINDS;
	double *sums = g_new0(double, size);
	memset(trainer->weights, 0, size * sizeof(double));
	memset(trainer->squares, 0, size * sizeof(double));
	guint count = trainer->lessons->len;
	uint32_t *order = g_new(uint32_t, count), random = 54321;
	for (guint i = 0; i < count; i++)
		order[i] = i;
	trainer->dropping = (struct dropping){.on = true};
	for (int epoch = 0; epoch < EPOCHS; epoch++) {
		for (guint i = count; i > 1; i--) {
			random = random * 1664525u + 1013904223u;
			uint32_t k = (uint32_t)(((uint64_t)random * i) >> 32), swap = order[i - 1];
			order[i - 1] = order[k];
			order[k] = swap;
		}
		for (guint i = 0; i < count; i++) {
			const struct lesson *lesson = trainer->lessons->pdata[order[i]];
			if (lesson->fold != without)
				learn(trainer, lesson);
		}
		hold_down(trainer);
		for (size_t i = 0; epoch >= AVERAGE_FROM && i < size; i++)
			sums[i] += trainer->weights[i];
	}
	trainer->dropping.on = false;
	for (size_t i = 0; i < size; i++)
		trainer->weights[i] = sums[i] / (EPOCHS - AVERAGE_FROM);
	g_free(sums);
	g_free(order);
}

void day_trainer_test(struct day_trainer *trainer, unsigned fold)
{
	for (guint n = 0; n < trainer->lessons->len; n++) {
		const struct lesson *lesson = trainer->lessons->pdata[n];
		if (lesson->fold != fold || !lesson->judged)
			continue;
		double scores[lesson->choices->len];
		guint best = 0;
		score(trainer, lesson, scores);
		scores[lesson->by_rules] += (double)day_rules_vote(kinds[lesson->kind].intent) / MODEL_SCALE;
		for (guint i = 1; i < lesson->choices->len; i++)
			if (scores[i] > scores[best])
				best = i;
		trainer->count[lesson->held_out][lesson->kind]++;
		trainer->hit[lesson->held_out][lesson->kind] += g_array_index(lesson->right, bool, best);
		trainer->rules[lesson->held_out][lesson->kind] += lesson->rules_right;
	}
}

void day_trainer_print(const struct day_trainer *trainer)
{
	for (size_t held = 0; held < 2; held++) {
		printf("days%s:", held ? ", held out from the lexicons" : "");
		for (size_t i = 0; i < DAY_KINDS; i++)
			printf(" %s %.1f %% (by rules %.1f) of %u", intent_kind_word(kinds[i].intent),
			    100.0 * trainer->hit[held][i] / MAX(trainer->count[held][i], 1),
			    100.0 * trainer->rules[held][i] / MAX(trainer->count[held][i], 1),
			    trainer->count[held][i]);
		printf("\n");
	}
}

static void weights_of(const struct day_trainer *trainer, guint feature, int weights[DAY_KINDS])
{
	for (size_t i = 0; i < DAY_KINDS; i++)
		weights[i] =
		    (int)CLAMP(lround(trainer->weights[(size_t)feature * DAY_KINDS + i] * MODEL_SCALE),
			-MODEL_WEIGHT_MOST, MODEL_WEIGHT_MOST);
}

static bool says_something(const int weights[DAY_KINDS])
{
	for (size_t i = 0; i < DAY_KINDS; i++)
		if (abs(weights[i]) >= 2)
			return true;
	return false;
}

void day_trainer_write(const struct day_trainer *trainer, FILE *file)
{
	int weights[DAY_KINDS];
	unsigned rows = 0;
	for (guint k = 0; k < trainer->names->len; k++) {
		weights_of(trainer, k, weights);
		rows += says_something(weights);
	}
	if (rows > 0)
		fprintf(file, "days %u\n", rows);
	for (guint k = 0; k < trainer->names->len; k++) {
		weights_of(trainer, k, weights);
		if (!says_something(weights))
			continue;
		char text[DAY_KINDS];
		model_write_weights(weights, DAY_KINDS, text);
		fprintf(file, "=%08x%.*s\n", g_array_index(trainer->names, uint32_t, k), DAY_KINDS, text);
	}
}
