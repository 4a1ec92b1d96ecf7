/*
 * train-replies [-d] [-r READINGS] [-x FOLDER] LEXICON-FOLDER MODEL CORPUS.jsonl...: trains the statistical
 * model of the reader on labelled replies and writes it to MODEL. The calibration of its confidence comes
 * from five-fold cross-validation, whose figures are printed. -d leaves the held-out third of the corpus
 * away. -r writes what each fold read of the examples that it had not seen. -x writes the model of each fold
 * and the ids of the examples that it had not seen to FOLDER (fold-N.model, fold-N.ids). The same input gives
 * the same file.
 */
#include "base/base.h"

#include "language/features.h"
#include "language/beliefs.h"
#include "language/model.h"
#include "dropping.h"
#include "reply-corpus.h"
#include "train-confidence.h"
#include "train-days.h"

#include <glib.h>
#include <math.h>
#include <unistd.h>

#define COLUMNS	      (INTENT_COUNT + MODEL_VALUES)
#define UNIT_REASONS  COLUMNS /* behind the biases of the columns: those of what units say of reasons */
#define BIASES	      (UNIT_REASONS + MODEL_REASONS)
#define FOLDS	      5
#define SPREAD_EPOCHS 6 /* epochs in which all clauses learn, before the best one does */
#define EPOCHS	      60
#define RATE	      0.2
#define AVERAGE_FROM  16 /* the weights are the mean of those after this and every later epoch */
#define SEEN_AT_LEAST 4
#define SELDOM	      50  /* thousandths of chance: two intents that stand together more often may do so */
#define MUCH	      17  /* of what a row says, matters(): less does not change what is read */
#define HEEDED	      0.5 /* log odds: a promise or a payment that is overlooked costs more than a doubt */

/* A plain sentence teaches the beginning, not the rest, and says nothing about confidence. */
static const double weights[] = {
    [PART_CORPUS] = 1.5, [PART_EVERYDAY] = 1.4, [PART_MORE] = 0.8, [PART_PLAIN] = 0.15};

/* How strongly the weights of each group of features (features.c) are held down. */
static const double decay[8] = {0, 0.001, 0.003, 0.006, 0.01, 0.03, 0.03, 0.03};

struct sample {
	const struct example *example;
	struct features *features;
	GArray *columns;  /* of uint32_t, indexes of features: of the whole */
	GPtrArray *units; /* of GArray of the same: of each clause and sentence */
	bool wanted[INTENT_COUNT];
	bool values[MODEL_VALUES];
	enum intent_kind primary;
	unsigned fold;
	bool judged; /* its outcome counts for figures and confidence */
	double weight;
};

struct name {
	uint32_t feature;	   /* its hash */
	guint last;		   /* one more than the index of the sample that was counted last */
	unsigned examples, valued; /* that have it; of them those that have a reason or a thing */
};

struct trainer {
	GArray *samples;
	GArray *names;	 /* of struct name: a feature's number is its index */
	double *weights; /* feature * COLUMNS + column */
	double *squares;
	double bias[BIASES], bias_squares[BIASES];
	int seldom[BELIEF_PAIRS];
	struct dropping dropping;
	struct day_trainer *days;
};

static struct name *name_at(const struct trainer *trainer, guint column)
{
	return &g_array_index(trainer->names, struct name, column);
}

static struct sample *sample_at(const struct trainer *trainer, guint index)
{
	return &g_array_index(trainer->samples, struct sample, index);
}

static void read_value(
    struct sample *sample, const json_t *intent, const char *name, size_t first, size_t count)
{
	const char *value = json_string_value(json_object_get(intent, name));
	for (size_t i = first; value && i < first + count; i++)
		if (strcmp(model_values[i], value) == 0)
			sample->values[i] = true;
}

static void read_labels(struct sample *sample)
{
	const json_t *labels = json_object_get(sample->example->json, "labels");
	const json_t *intents = json_object_get(labels, "intents");
	enum intent_kind kind;
	for (size_t i = 0; i < json_array_size(intents); i++) {
		const json_t *intent = json_array_get(intents, i);
		if (!intent_kind_from_word(json_string_value(json_object_get(intent, "intent")), &kind))
			continue;
		sample->wanted[kind] = true;
		if (kind == INTENT_DISPUTE)
			read_value(sample, intent, "reason", 0, MODEL_REASONS);
		if (kind == INTENT_REQUEST)
			read_value(sample, intent, "what", MODEL_REASONS, MODEL_THINGS);
	}
	if (intent_kind_from_word(json_string_value(json_object_get(labels, "primary")), &kind))
		sample->primary = kind;
}

static void count_list(const uint32_t *hashes, size_t count, GHashTable *counts, guint sample)
{
	for (size_t k = 0; k < count; k++) {
		gpointer key = GUINT_TO_POINTER(hashes[k]);
		guint64 seen = GPOINTER_TO_SIZE(g_hash_table_lookup(counts, key));
		/* the low part counts the samples, the high part is the last sample counted */
		if (seen >> 32 != (guint64)sample + 1)
			g_hash_table_insert(counts, key,
			    GSIZE_TO_POINTER(((guint64)(sample + 1) << 32) | ((seen & 0xffffffff) + 1)));
	}
}

struct numbering {
	GHashTable *counts, *columns;
};

/* Adds a feature, if it is new, and says its number. */
static uint32_t number_feature(struct trainer *trainer, uint32_t feature, GHashTable *columns)
{
	gpointer key = GUINT_TO_POINTER(feature), known;
	if (g_hash_table_lookup_extended(columns, key, NULL, &known))
		return GPOINTER_TO_UINT(known);
	struct name name = {.feature = feature};
	g_array_append_val(trainer->names, name);
	g_hash_table_insert(columns, key, GUINT_TO_POINTER(trainer->names->len - 1));
	return trainer->names->len - 1;
}

static void count_name(struct name *name, const struct sample *sample, guint index)
{
	if (name->last == index + 1)
		return;
	name->last = index + 1;
	name->examples++;
	name->valued += sample->wanted[INTENT_DISPUTE] || sample->wanted[INTENT_REQUEST];
}

/* The numbers of the features of sample INDEX that were seen often enough. */
static GArray *number_list(
    struct trainer *trainer, guint index, const uint32_t *hashes, size_t count, struct numbering *numbering)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	for (size_t k = 0; k < count; k++) {
		gpointer key = GUINT_TO_POINTER(hashes[k]);
		if ((GPOINTER_TO_SIZE(g_hash_table_lookup(numbering->counts, key)) & 0xffffffff) <
		    SEEN_AT_LEAST)
			continue;
		uint32_t column = number_feature(trainer, hashes[k], numbering->columns);
		count_name(name_at(trainer, column), sample_at(trainer, index), index);
		g_array_append_val(list, column);
	}
	return list;
}

static void free_list(gpointer list)
{
	g_array_free(list, TRUE);
}

static void number_features(struct trainer *trainer, GPtrArray *sets)
{
	struct numbering numbering = {g_hash_table_new(NULL, NULL), g_hash_table_new(NULL, NULL)};
	for (guint i = 0; i < sets->len; i++) {
		const struct features *features = sets->pdata[i];
		count_list(features->keys, features->document, numbering.counts, i);
		for (guint u = 0; u < features->units->len; u++) {
			const struct feature_unit *unit =
			    &g_array_index(features->units, struct feature_unit, u);
			count_list(features->keys + unit->from, unit->count, numbering.counts, i);
		}
	}
	trainer->names = g_array_new(FALSE, FALSE, sizeof(struct name));
	for (guint i = 0; i < sets->len; i++) {
		const struct features *features = sets->pdata[i];
		struct sample *sample = sample_at(trainer, i);
		sample->columns = number_list(trainer, i, features->keys, features->document, &numbering);
		sample->units = g_ptr_array_new_with_free_func(free_list);
		for (guint u = 0; u < features->units->len; u++) {
			const struct feature_unit *unit =
			    &g_array_index(features->units, struct feature_unit, u);
			g_ptr_array_add(sample->units,
			    number_list(trainer, i, features->keys + unit->from, unit->count, &numbering));
		}
	}
	g_hash_table_destroy(numbering.counts);
	g_hash_table_destroy(numbering.columns);
}

/* Which intents are as good as never told in one answer. */
static void count_pairs(struct trainer *trainer)
{
	double alone[INTENT_COUNT] = {0}, both[BELIEF_PAIRS] = {0}, count = 0;
	for (guint n = 0; n < trainer->samples->len; n++) {
		const struct sample *sample = sample_at(trainer, n);
		if (sample->example->part == PART_PLAIN)
			continue; /* one intent each, by the way they were written */
		count++;
		for (size_t i = 0, pair = 0; i < INTENT_COUNT; i++) {
			alone[i] += sample->wanted[i];
			for (size_t k = 0; k < i; k++)
				both[pair++] += sample->wanted[i] && sample->wanted[k];
		}
	}
	for (size_t i = 1, pair = 0; i < INTENT_COUNT; i++)
		for (size_t k = 0; k < i; k++, pair++) {
			double seldom = 1000 * (both[pair] + 0.5) * count / fmax(1, alone[i] * alone[k]);
			/* who says in one line that he is insolvent may promise at length what he cannot */
			bool is_final = k == INTENT_INSOLVENCY || k == INTENT_LEGAL;
			trainer->seldom[pair] = seldom < SELDOM && !is_final ? (int)seldom : 1000;
		}
}

static void load_samples(
    struct trainer *trainer, const struct lexicon *lexicon, GPtrArray *examples, bool dev_only)
{
	GPtrArray *sets = g_ptr_array_new();
	trainer->samples = g_array_new(FALSE, TRUE, sizeof(struct sample));
	for (guint i = 0; i < examples->len; i++) {
		const struct example *example = examples->pdata[i];
		if (dev_only && example->held_out)
			continue;
		struct sample sample = {
		    .example = example, .fold = trainer->samples->len % FOLDS, .primary = INTENT_NONE};
		read_labels(&sample);
		sample.judged = example->part == PART_CORPUS || example->part == PART_EVERYDAY;
		sample.weight = weights[example->part];
		g_array_append_val(trainer->samples, sample);
		g_ptr_array_add(sets, understand_features(lexicon, example->text, &example->context));
		day_trainer_add(trainer->days, lexicon, example, sample.fold, sample.weight, sample.judged);
	}
	count_pairs(trainer);
	number_features(trainer, sets);
	day_trainer_number(trainer->days);
	for (guint i = 0; i < sets->len; i++)
		sample_at(trainer, i)->features = sets->pdata[i];
	g_ptr_array_free(sets, TRUE);
}

/* Adds the weights of COUNT columns from FIRST on. */
static void add_row(
    const struct trainer *trainer, const GArray *list, size_t first, size_t count, double *sums)
{
	double scale = dropping_scale(&trainer->dropping);
	for (guint k = 0; k < list->len; k++) {
		uint32_t feature = g_array_index(list, uint32_t, k);
		if (dropping_has(&trainer->dropping, feature))
			continue;
		const double *row = trainer->weights + (size_t)feature * COLUMNS + first;
		for (size_t i = 0; i < count; i++)
			sums[i] += scale * row[i];
	}
}

/* BEST the unit that speaks most for each of COUNT columns from FIRST on, and how much it does, MOST: 0 where
 * there are no units. */
static void score_units(const struct trainer *trainer, const struct sample *sample, size_t first,
    size_t count, double *most, guint *best)
{
	for (size_t i = 0; i < count; i++)
		most[i] = best[i] = 0;
	for (guint u = 0; u < sample->units->len; u++) {
		double sums[COLUMNS] = {0};
		add_row(trainer, sample->units->pdata[u], first, count, sums);
		for (size_t i = 0; i < count; i++)
			if (u == 0 || sums[i] > most[i]) {
				most[i] = sums[i];
				best[i] = u;
			}
	}
}

/* SCORES of all columns; BEST the unit that speaks most for each intent. */
static void score(const struct trainer *trainer, const struct sample *sample, double scores[COLUMNS],
    guint best[INTENT_COUNT])
{
	memcpy(scores, trainer->bias, COLUMNS * sizeof(double));
	add_row(trainer, sample->columns, 0, COLUMNS, scores);
	double most[INTENT_COUNT];
	score_units(trainer, sample, 0, INTENT_COUNT, most, best);
	for (size_t i = 0; i < INTENT_COUNT; i++) {
		/* not while learning: then the sentences would only be held down in its place */
		if (!trainer->dropping.on && (i == INTENT_PROMISE || i == INTENT_PAID))
			scores[i] = fmax(scores[i], -(double)MODEL_DOUBT_MOST / MODEL_SCALE);
		scores[i] += most[i];
	}
}

/* What the units say of the reasons of a dispute, their own bias in it. */
static void score_unit_reasons(const struct trainer *trainer, const struct sample *sample,
    double most[MODEL_REASONS], guint best[MODEL_REASONS])
{
	score_units(trainer, sample, INTENT_COUNT, MODEL_REASONS, most, best);
	for (size_t i = 0; i < MODEL_REASONS; i++)
		most[i] += trainer->bias[UNIT_REASONS + i];
}

static void step(struct trainer *trainer, const GArray *list, size_t column, double slope)
{
	for (guint k = 0; k < list->len; k++) {
		uint32_t feature = g_array_index(list, uint32_t, k);
		if (dropping_has(&trainer->dropping, feature))
			continue;
		size_t at = (size_t)feature * COLUMNS + column;
		trainer->squares[at] += slope * slope;
		trainer->weights[at] -= RATE * slope / sqrt(1 + trainer->squares[at]);
	}
}

/* How much, and in which direction, a sample moves what says SCORE. */
static double slope_of(const struct sample *sample, double score, bool wanted)
{
	double slope = sample->weight * (1 / (1 + exp(-score)) - wanted);
	return fabs(slope) < 0.001 ? 0 : slope;
}

static void move_bias(struct trainer *trainer, size_t at, double slope)
{
	trainer->bias_squares[at] += slope * slope;
	trainer->bias[at] -= RATE * slope / sqrt(1e-6 + trainer->bias_squares[at]);
}

static double learn_column(
    struct trainer *trainer, const struct sample *sample, size_t column, double score, bool wanted)
{
	double slope = slope_of(sample, score, wanted);
	if (slope == 0)
		return 0;
	move_bias(trainer, column, slope);
	step(trainer, sample->columns, column, slope);
	return slope;
}

static void learn_unit(
    struct trainer *trainer, const struct sample *sample, guint best, size_t column, double slope, int epoch)
{
	if (slope == 0 || sample->units->len == 0)
		return;
	if (epoch >= SPREAD_EPOCHS) {
		step(trainer, sample->units->pdata[best], column, slope);
		return;
	}
	for (guint u = 0; u < sample->units->len; u++)
		step(trainer, sample->units->pdata[u], column, slope / sample->units->len);
}

static void learn_values(struct trainer *trainer, const struct sample *sample, const double scores[COLUMNS],
    size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++)
		learn_column(trainer, sample, INTENT_COUNT + i, scores[INTENT_COUNT + i], sample->values[i]);
}

/* The whole and its best unit learn the reason each for itself: two opinions err less than one that they have
 * found together. */
static void learn_unit_reasons(struct trainer *trainer, const struct sample *sample, int epoch)
{
	double most[MODEL_REASONS];
	guint best[MODEL_REASONS];
	score_unit_reasons(trainer, sample, most, best);
	for (size_t i = 0; i < MODEL_REASONS; i++) {
		double slope = slope_of(sample, most[i], sample->values[i]);
		if (slope != 0)
			move_bias(trainer, UNIT_REASONS + i, slope);
		learn_unit(trainer, sample, best[i], INTENT_COUNT + i, slope, epoch);
	}
}

static void learn(struct trainer *trainer, const struct sample *sample, int epoch)
{
	double scores[COLUMNS];
	guint best[INTENT_COUNT];
	dropping_step(&trainer->dropping);
	score(trainer, sample, scores, best);
	for (size_t i = 0; i < INTENT_COUNT; i++) {
		double slope = learn_column(trainer, sample, i, scores[i], sample->wanted[i]);
		learn_unit(trainer, sample, best[i], i, slope, epoch);
	}
	if (sample->wanted[INTENT_DISPUTE]) {
		learn_values(trainer, sample, scores, 0, MODEL_REASONS);
		learn_unit_reasons(trainer, sample, epoch);
	}
	if (sample->wanted[INTENT_REQUEST])
		learn_values(trainer, sample, scores, MODEL_REASONS, MODEL_THINGS);
}

static void hold_down(struct trainer *trainer)
{
	for (guint k = 0; k < trainer->names->len; k++) {
		double factor = 1 - decay[name_at(trainer, k)->feature & 7];
		for (size_t i = 0; i < COLUMNS; i++)
			trainer->weights[k * COLUMNS + i] *= factor;
	}
}

/* Trains on all samples but those of fold WITHOUT. */
static void train(struct trainer *trainer, unsigned without)
{
	size_t size = (size_t)trainer->names->len * COLUMNS;
	memset(trainer->weights, 0, size * sizeof(double));
	memset(trainer->squares, 0, size * sizeof(double));
	memset(trainer->bias, 0, sizeof(trainer->bias));
	memset(trainer->bias_squares, 0, sizeof(trainer->bias_squares));
	guint count = trainer->samples->len;
	uint32_t *order = g_new(uint32_t, count);
	for (guint i = 0; i < count; i++)
		order[i] = i;
	uint32_t random = 12345;
	trainer->dropping = (struct dropping){.on = true};
	double *sums = g_new0(double, size);
	double bias_sums[BIASES] = {0};
	for (int epoch = 0; epoch < EPOCHS; epoch++) {
		for (guint i = count; i > 1; i--) {
			random = random * 1664525u + 1013904223u;
			uint32_t k = (uint32_t)(((uint64_t)random * i) >> 32), swap = order[i - 1];
			order[i - 1] = order[k];
			order[k] = swap;
		}
		for (guint i = 0; i < count; i++)
			if (sample_at(trainer, order[i])->fold != without)
				learn(trainer, sample_at(trainer, order[i]), epoch);
		hold_down(trainer);
		for (size_t i = 0; epoch >= AVERAGE_FROM && i < size; i++)
			sums[i] += trainer->weights[i];
		for (size_t i = 0; epoch >= AVERAGE_FROM && i < BIASES; i++)
			bias_sums[i] += trainer->bias[i];
	}
	trainer->dropping.on = false;
	for (size_t i = 0; i < size; i++)
		trainer->weights[i] = sums[i] / (EPOCHS - AVERAGE_FROM);
	for (size_t i = 0; i < BIASES; i++)
		trainer->bias[i] = bias_sums[i] / (EPOCHS - AVERAGE_FROM);
	trainer->bias[INTENT_PROMISE] += HEEDED;
	trainer->bias[INTENT_PAID] += HEEDED;
	g_free(sums);
	g_free(order);
}

struct tally {
	unsigned count, right, both, only_read, only_wanted, disputes, reasons, requests, things;
};

static bool best_value_right(
    const struct sample *sample, const double scores[COLUMNS], size_t first, size_t count)
{
	size_t best = first;
	for (size_t i = first; i < first + count; i++)
		if (scores[INTENT_COUNT + i] > scores[INTENT_COUNT + best])
			best = i;
	return sample->values[best];
}

static void test_sample(const struct trainer *trainer, const struct sample *sample, struct tally *tally,
    GArray *outcomes, FILE *readings)
{
	double scores[COLUMNS];
	guint best[INTENT_COUNT];
	int beliefs[INTENT_COUNT], confidence;
	score(trainer, sample, scores, best);
	for (size_t i = 0; i < INTENT_COUNT; i++)
		beliefs[i] = belief_from_score((int)lround(scores[i] * MODEL_SCALE));
	beliefs_weigh_together(trainer->seldom, beliefs);
	enum intent_kind primary = beliefs_decide(beliefs, &confidence);
	struct outcome outcome = {.right = primary == sample->primary, .held_out = sample->example->held_out};
	model_signs(sample->features, beliefs, primary, confidence, outcome.signs);
	g_array_append_val(outcomes, outcome);
	tally->count++;
	tally->right += outcome.right;
	for (size_t i = 0; i < INTENT_COUNT; i++) {
		bool read = i == (size_t)primary || (beliefs[i] >= 500 && i != INTENT_NONE);
		tally->both += read && sample->wanted[i];
		tally->only_read += read && !sample->wanted[i];
		tally->only_wanted += !read && sample->wanted[i];
	}
	if (sample->wanted[INTENT_DISPUTE]) {
		double most[MODEL_REASONS];
		guint units[MODEL_REASONS];
		score_unit_reasons(trainer, sample, most, units);
		for (size_t i = 0; i < MODEL_REASONS; i++)
			scores[INTENT_COUNT + i] += most[i];
		tally->disputes++;
		tally->reasons += best_value_right(sample, scores, 0, MODEL_REASONS);
	}
	if (sample->wanted[INTENT_REQUEST]) {
		tally->requests++;
		tally->things += best_value_right(sample, scores, MODEL_REASONS, MODEL_THINGS);
	}
	if (readings)
		fprintf(readings, "%s %s %s %d\n",
		    json_string_value(json_object_get(sample->example->json, "id")),
		    intent_kind_word(sample->primary), intent_kind_word(primary), confidence);
}

static int weight_in_units(double weight)
{
	return (int)CLAMP(lround(weight * MODEL_SCALE), -MODEL_WEIGHT_MOST, MODEL_WEIGHT_MOST);
}

static FILE *open_output(const char *path)
{
	FILE *file = fopen(path, "w");
	if (!file) {
		perror(path);
		exit(STATUS_CANNOT_CREATE);
	}
	return file;
}

static void close_output(FILE *file, const char *path)
{
	if (fclose(file) != 0) {
		perror(path);
		exit(STATUS_IO);
	}
}

struct place {
	uint64_t order; /* of the feature, and which of two partners it is */
	guint row;
};

static gint by_order(gconstpointer a, gconstpointer b)
{
	uint64_t first = ((const struct place *)a)->order, second = ((const struct place *)b)->order;
	return first < second ? -1 : first > second;
}

static GArray *rows_in_order(const struct trainer *trainer)
{
	GArray *order = g_array_new(FALSE, FALSE, sizeof(struct place));
	for (guint k = 0; k < trainer->names->len; k++) {
		uint32_t name = name_at(trainer, k)->feature;
		struct place place = {(uint64_t)model_order(name) << 1 | !!(name & UNIT_SIDE), k};
		g_array_append_val(order, place);
	}
	g_array_sort(order, by_order);
	return order;
}

/* Whether what a feature of EXAMPLES says changes readings: the greatest of its WEIGHTS times the root of how
 * often it is there. Many rows with a great weight are of features so rare that nobody would miss them. */
static bool matters(const int *weights, size_t count, unsigned examples)
{
	int most = 0;
	for (size_t i = 0; i < count; i++)
		most = MAX(most, abs(weights[i]));
	return most * sqrt(examples) >= MUCH;
}

/* COUNT gets the columns up to the last that says something; 0 where the row would fill the file and change
 * nothing. */
static void row_in_units(const struct trainer *trainer, guint row, int weights[COLUMNS], size_t *count)
{
	const struct name *name = name_at(trainer, row);
	for (size_t i = 0; i < COLUMNS; i++)
		weights[i] = weight_in_units(trainer->weights[(size_t)row * COLUMNS + i]);
	*count = INTENT_COUNT;
	if (matters(weights + INTENT_COUNT, MODEL_VALUES, name->valued)) {
		*count = COLUMNS;
		while (weights[*count - 1] == 0)
			--*count;
	} else if (!matters(weights, INTENT_COUNT, name->examples)) {
		*count = 0;
	}
}

static void write_rows(const struct trainer *trainer, FILE *file)
{
	GArray *order = rows_in_order(trainer);
	uint32_t last = 0;
	for (guint n = 0; n < order->len; n++) {
		guint row = g_array_index(order, struct place, n).row;
		uint32_t feature = name_at(trainer, row)->feature;
		int weights[COLUMNS];
		char text[COLUMNS];
		size_t count;
		row_in_units(trainer, row, weights, &count);
		if (count == 0)
			continue;
		model_write_weights(weights, count, text);
		if (feature & UNIT_SIDE && (feature ^ UNIT_MASK) == last)
			fprintf(file, "+%.*s\n", (int)count, text);
		else
			fprintf(file, "%08x%.*s\n", feature, (int)count, text);
		last = feature;
	}
	g_array_free(order, TRUE);
}

/* A reader adds up what the whole and a unit say. */
static double bias_of(const struct trainer *trainer, size_t column)
{
	bool is_reason = column >= INTENT_COUNT && column < INTENT_COUNT + MODEL_REASONS;
	return trainer->bias[column] + (is_reason ? trainer->bias[UNIT_REASONS + column - INTENT_COUNT] : 0);
}

static void write_weights(const struct trainer *trainer, FILE *file)
{
	fprintf(file, "relance-model 4\nbias");
	for (size_t i = 0; i < COLUMNS; i++)
		fprintf(file, " %d", (int)lround(bias_of(trainer, i) * MODEL_SCALE));
	fprintf(file, "\nseldom");
	for (size_t i = 0; i < BELIEF_PAIRS; i++)
		fprintf(file, " %d", trainer->seldom[i]);
	fprintf(file, "\n");
	write_rows(trainer, file);
	day_trainer_write(trainer->days, file);
}

/* The model of a fold, still without its confidence, and what it had not seen; NULL without a FOLDER. */
static FILE *write_fold(const struct trainer *trainer, unsigned fold, const char *folder)
{
	if (!folder)
		return NULL;
	char *path = g_strdup_printf("%s/fold-%u.ids", folder, fold);
	FILE *ids = open_output(path);
	for (guint i = 0; i < trainer->samples->len; i++)
		if (sample_at(trainer, i)->fold == fold && sample_at(trainer, i)->judged)
			fprintf(ids, "%s\n",
			    json_string_value(json_object_get(sample_at(trainer, i)->example->json, "id")));
	close_output(ids, path);
	g_free(path);
	path = g_strdup_printf("%s/fold-%u.model", folder, fold);
	FILE *file = open_output(path);
	write_weights(trainer, file);
	g_free(path);
	return file;
}

int main(int argc, char **argv)
{
	bool dev_only = false;
	FILE *readings = NULL, *folds[FOLDS];
	const char *folder = NULL, *readings_path = NULL;
	int option;
	while ((option = getopt(argc, argv, "dr:x:")) != -1) {
		if (option == 'd')
			dev_only = true;
		else if (option == 'x')
			folder = optarg;
		else if (option == 'r')
			readings_path = optarg;
		else
			return STATUS_USAGE;
	}
	if (argc - optind < 3) {
		fprintf(stderr, "usage: train-replies [-d] [-r READINGS] [-x FOLDER] LEXICON-FOLDER MODEL "
				"CORPUS.jsonl...\n");
		return STATUS_USAGE;
	}
	if (readings_path)
		readings = open_output(readings_path);
	struct lexicon *lexicon = load_lexicon(argv[optind], false);
	GPtrArray *examples = g_ptr_array_new_with_free_func(example_free);
	for (int i = optind + 2; i < argc; i++)
		load_examples(argv[i], examples);
	struct trainer trainer = {.days = day_trainer_new()};
	load_samples(&trainer, lexicon, examples, dev_only);
	trainer.weights = g_new(double, (gsize)trainer.names->len *COLUMNS);
	trainer.squares = g_new(double, (gsize)trainer.names->len *COLUMNS);
	GArray *outcomes = g_array_new(FALSE, FALSE, sizeof(struct outcome));
	struct tally tally = {0};
	for (unsigned fold = 0; fold < FOLDS; fold++) {
		train(&trainer, fold);
		day_trainer_train(trainer.days, fold);
		day_trainer_test(trainer.days, fold);
		for (guint i = 0; i < trainer.samples->len; i++)
			if (sample_at(&trainer, i)->fold == fold && sample_at(&trainer, i)->judged)
				test_sample(&trainer, sample_at(&trainer, i), &tally, outcomes, readings);
		folds[fold] = write_fold(&trainer, fold, folder);
	}
	printf("%u examples, %u features; cross-validated: primary %.1f %%, intents F1 %.1f %%\n",
	    tally.count, trainer.names->len, 100.0 * tally.right / tally.count,
	    200.0 * tally.both / (2 * tally.both + tally.only_read + tally.only_wanted));
	printf("reasons %.1f %%, things %.1f %%\n", 100.0 * tally.reasons / MAX(tally.disputes, 1),
	    100.0 * tally.things / MAX(tally.requests, 1));
	double signs[MODEL_SIGNS + 1];
	confidence_learn(outcomes, signs);
	confidence_print(outcomes);
	day_trainer_print(trainer.days);
	train(&trainer, FOLDS);
	day_trainer_train(trainer.days, FOLDS);
	FILE *file = open_output(argv[optind + 1]);
	write_weights(&trainer, file);
	confidence_write(outcomes, signs, file);
	close_output(file, argv[optind + 1]);
	for (unsigned fold = 0; folder && fold < FOLDS; fold++) {
		confidence_write(outcomes, signs, folds[fold]);
		close_output(folds[fold], folder);
	}
	if (readings)
		close_output(readings, readings_path);
	for (guint i = 0; i < trainer.samples->len; i++) {
		g_array_free(sample_at(&trainer, i)->columns, TRUE);
		g_ptr_array_free(sample_at(&trainer, i)->units, TRUE);
		features_free(sample_at(&trainer, i)->features);
	}
	day_trainer_free(trainer.days);
	g_array_free(trainer.samples, TRUE);
	g_array_free(trainer.names, TRUE);
	g_array_free(outcomes, TRUE);
	g_free(trainer.weights);
	g_free(trainer.squares);
	g_ptr_array_free(examples, TRUE);
	lexicon_free(lexicon);
	return STATUS_DONE;
}
