#include "base/base.h"

#include "language/features.h"
#include "language/model.h"

#define MODEL_NAME	"relance-model "
#define MODEL_HEADER	MODEL_NAME "2\n"
#define FEATURE_DIGITS	8
#define CALIBRATION_MAX 64

/* In the order of the columns of a model. */
const char *const model_values[MODEL_VALUES] = {"price", "quantity", "quality", "not_delivered", "duplicate",
    "not_ordered", "wrong_party", "tax", "terms", "already_credited", "refusal", "other", "invoice_copy",
    "purchase_order", "delivery_proof", "bank_details", "statement", "credit_note", "details", "portal",
    "other"};

#define MODEL_COLUMNS (INTENT_COUNT + MODEL_VALUES)

/* A row: the weight of each intent, then the last bytes of the feature's place in the order; its shelf tells
 * the first ones. There are many rows and no two are near in time: the smaller the better. */
#define ROW_BYTES 16
#define TAG_BYTES 3
_Static_assert(INTENT_COUNT + TAG_BYTES == ROW_BYTES, "a row is full");

struct row {
	int8_t bytes[ROW_BYTES];
};

/* What a feature of a day says; all 0 where the place is free. */
struct day_row {
	uint32_t feature;
	int8_t weights[DAY_KINDS];
};

struct model {
	struct row *rows;     /* in the order of their features */
	uint32_t *row_values; /* of each row: index into `values` + 1; 0 for none */
	size_t row_count;
	int8_t (*values)[MODEL_VALUES];
	size_t value_count;
	struct model_shelf *shelves; /* one more than there are: the end of the last */
	size_t shelf_count;
	unsigned shift; /* of the filter */
	uint32_t last;	/* the order of the last row */
	int bias[MODEL_COLUMNS];
	struct day_row *days; /* open addressing; NULL where the model has none */
	size_t days_capacity; /* a power of two */
	size_t days_room;     /* rows that may still be put there */
	unsigned days_shift;
	struct {
		int raw, right;
	} calibration[CALIBRATION_MAX];
	size_t calibration_count;
	int signs[MODEL_SIGNS + 1]; /* weights in 1/MODEL_SCALE; the last one stands alone */
};

bool model_is_text(const char *text, size_t length)
{
	return length >= strlen(MODEL_NAME) && memcmp(text, MODEL_NAME, strlen(MODEL_NAME)) == 0;
}

void model_free(struct model *model)
{
	if (!model)
		return;
	g_free(model->rows);
	g_free(model->values);
	g_free(model->row_values);
	g_free(model->shelves);
	g_free(model->days);
	g_free(model);
}

struct model_filter model_filter(const struct model *model)
{
	static const struct model_shelf everything = {.known = UINT32_MAX};
	if (!model)
		return (struct model_filter){&everything, 31};
	return (struct model_filter){model->shelves, model->shift};
}

static unsigned count_bits(uint32_t bits)
{
	bits -= bits >> 1 & 0x55555555;
	bits = (bits & 0x33333333) + (bits >> 2 & 0x33333333);
	return ((bits + (bits >> 4)) & 0x0f0f0f0f) * 0x01010101 >> 24;
}

/* Where the search for FEATURE begins: each known stretch before its own on its shelf has at least one row. */
static uint32_t first_row(const struct model *model, uint32_t feature)
{
	uint32_t stretch = model_order(feature) >> model->shift;
	const struct model_shelf *shelf = &model->shelves[stretch / MODEL_SHELF];
	return shelf->first + count_bits(shelf->known & ((UINT32_C(1) << (stretch % MODEL_SHELF)) - 1));
}

/* The tag of ORDER as the last four bytes of a row would be with a weight of 0, the first of them. */
static uint32_t tag_of(uint32_t order)
{
	const uint8_t bytes[4] = {0, (uint8_t)order, (uint8_t)(order >> 8), (uint8_t)(order >> 16)};
	uint32_t tag;
	memcpy(&tag, bytes, sizeof tag);
	return tag;
}

static void write_tag(struct row *row, uint32_t order)
{
	uint32_t tag = tag_of(order);
	memcpy(row->bytes + ROW_BYTES - sizeof tag, &tag, sizeof tag);
}

static bool has_tag(const struct row *row, uint32_t tag)
{
	uint32_t last;
	memcpy(&last, row->bytes + ROW_BYTES - sizeof last, sizeof last);
	return !((last ^ tag) & tag_of(UINT32_MAX));
}

/* The row of FEATURE from row FROM on, which first_row() gave; the number of rows where there is none. */
static uint32_t row_of(const struct model *model, uint32_t feature, uint32_t from)
{
	uint32_t order = model_order(feature);
	uint32_t end = model->shelves[(order >> model->shift) / MODEL_SHELF + 1].first;
	uint32_t tag = tag_of(order);
	while (from < end && !has_tag(&model->rows[from], tag))
		from++;
	return from < end ? from : (uint32_t)model->row_count;
}

#define BLOCK 32

/*
 * The rows of COUNT features, at most BLOCK; returns how many the model knows. The rows are more than the
 * caches hold: what all of them need is asked for before the first is looked at.
 */
static size_t rows_of(const struct model *model, const uint32_t *features, size_t count, uint32_t rows[BLOCK])
{
	uint32_t from[BLOCK];
	for (size_t i = 0; i < count; i++) {
		from[i] = first_row(model, features[i]);
		__builtin_prefetch(&model->rows[from[i]]);
	}
	size_t known = 0;
	for (size_t i = 0; i < count; i++) {
		rows[known] = row_of(model, features[i], from[i]);
		known += rows[known] < model->row_count;
	}
	return known;
}

/* The character of a weight of 0; those around it up to MODEL_WEIGHT_MOST are all printable and no blanks. */
#define WEIGHT_ZERO 'P'

/* What each digit of a feature stands for, and a bit that no other character has. */
#define IS_DIGIT 0x10
static const uint8_t digit_values[256] = {
    ['0'] = IS_DIGIT | 0,
    ['1'] = IS_DIGIT | 1,
    ['2'] = IS_DIGIT | 2,
    ['3'] = IS_DIGIT | 3,
    ['4'] = IS_DIGIT | 4,
    ['5'] = IS_DIGIT | 5,
    ['6'] = IS_DIGIT | 6,
    ['7'] = IS_DIGIT | 7,
    ['8'] = IS_DIGIT | 8,
    ['9'] = IS_DIGIT | 9,
    ['a'] = IS_DIGIT | 10,
    ['b'] = IS_DIGIT | 11,
    ['c'] = IS_DIGIT | 12,
    ['d'] = IS_DIGIT | 13,
    ['e'] = IS_DIGIT | 14,
    ['f'] = IS_DIGIT | 15,
};

static bool parse_feature(const char *text, uint32_t *feature)
{
	uint32_t known = IS_DIGIT;
	*feature = 0;
	for (size_t i = 0; i < FEATURE_DIGITS; i++) {
		uint32_t value = digit_values[(unsigned char)text[i]];
		known &= value;
		*feature = *feature << 4 | (value & 0xf);
	}
	return known;
}

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (uint64_t)(value))

/* What of eight characters is no weight leaves its highest bit in the result. WEIGHTS gets all eight: bit 7
 * of each byte, which no character has, keeps the subtraction from borrowing of its neighbour. */
static inline uint64_t parse_eight(const char *text, int8_t *weights)
{
	uint64_t all, high = EACH_BYTE(0x80);
	memcpy(&all, text, sizeof all);
	uint64_t differences = ((all | high) - EACH_BYTE(WEIGHT_ZERO)) ^ high;
	memcpy(weights, &differences, sizeof differences);
	uint64_t above = all + EACH_BYTE(0x7f - (WEIGHT_ZERO + MODEL_WEIGHT_MOST));
	uint64_t not_below = (all | high) - EACH_BYTE(WEIGHT_ZERO - MODEL_WEIGHT_MOST);
	return (all | above | ~not_below) & high;
}

/* A model has millions of weights: eight at a time, the last eight over what was parsed before. COUNT is at
 * least 8. */
static bool parse_weights(const char *text, int8_t *weights, size_t count)
{
	uint64_t wrong = 0;
	for (size_t i = 0; i + 8 <= count; i += 8)
		wrong |= parse_eight(text + i, weights + i);
	wrong |= parse_eight(text + count - 8, weights + count - 8);
	return !wrong;
}

void model_write_weights(const int *weights, size_t count, char *text)
{
	for (size_t i = 0; i < count; i++) {
		g_assert(abs(weights[i]) <= MODEL_WEIGHT_MOST);
		text[i] = (char)(WEIGHT_ZERO + weights[i]);
	}
}

/* Room for at most COUNT rows: about eight on a shelf, and so many shelves that a tag is enough. */
static void make_room(struct model *model, size_t count)
{
	unsigned bits = 32 - 8 * TAG_BYTES;
	while (((size_t)8 << bits) < count && bits < 24)
		bits++;
	model->shelf_count = (size_t)1 << bits;
	model->shift = 32 - bits - 5;
	model->shelves = g_new0(struct model_shelf, model->shelf_count + 1);
	model->rows = g_new(struct row, count + 1); /* the one behind the last may be asked for */
	model->row_values = g_new(uint32_t, count);
	model->values = g_malloc_n(count, sizeof(*model->values));
}

/* A row for FEATURE behind all others; NULL where it does not belong there. Until all are there, a shelf has
 * the number of rows on the one before it. */
static struct row *add_row(struct model *model, uint32_t feature)
{
	uint32_t order = model_order(feature), stretch = order >> model->shift;
	struct model_shelf *shelf = &model->shelves[stretch / MODEL_SHELF];
	if (model->row_count > 0 && order <= model->last)
		return NULL;
	shelf->known |= UINT32_C(1) << (stretch % MODEL_SHELF);
	shelf[1].first++;
	model->last = order;
	struct row *row = &model->rows[model->row_count++];
	write_tag(row, order);
	return row;
}

static void number_shelves(struct model *model)
{
	for (size_t i = 1; i <= model->shelf_count; i++)
		model->shelves[i].first += model->shelves[i - 1].first;
}

/* FFFFFFFF, then a character for each intent and, of features of the whole reply, for each reason and thing.
 */
static bool parse_row(struct model *model, const char *line, size_t length)
{
	uint32_t feature;
	if ((length != FEATURE_DIGITS + INTENT_COUNT && length != FEATURE_DIGITS + MODEL_COLUMNS) ||
	    !parse_feature(line, &feature) || feature == 0)
		return false;
	struct row *row = add_row(model, feature);
	if (!row || !parse_weights(line + FEATURE_DIGITS, row->bytes, INTENT_COUNT))
		return false;
	uint32_t *values = &model->row_values[model->row_count - 1];
	*values = 0;
	if (length == FEATURE_DIGITS + INTENT_COUNT)
		return true;
	*values = (uint32_t)model->value_count + 1;
	return parse_weights(
	    line + FEATURE_DIGITS + INTENT_COUNT, model->values[model->value_count++], MODEL_VALUES);
}

static struct day_row *day_row_of(const struct model *model, uint32_t feature)
{
	size_t slot = model_order(feature) >> model->days_shift;
	while (model->days[slot].feature && model->days[slot].feature != feature)
		slot = (slot + 1) & (model->days_capacity - 1);
	return &model->days[slot];
}

#define DAY_MARK '='

/* =FFFFFFFF, then a character for each kind of day. */
static bool parse_day_row(struct model *model, const char *line, size_t length)
{
	uint32_t feature;
	if (!model->days || model->days_room == 0 || length != 1 + FEATURE_DIGITS + DAY_KINDS ||
	    !parse_feature(line + 1, &feature) || feature == 0)
		return false;
	struct day_row *row = day_row_of(model, feature);
	if (row->feature)
		return false; /* twice */
	row->feature = feature;
	model->days_room--;
	for (size_t i = 0; i < DAY_KINDS; i++) {
		int weight = line[1 + FEATURE_DIGITS + i] - WEIGHT_ZERO;
		if (abs(weight) > MODEL_WEIGHT_MOST)
			return false;
		row->weights[i] = (int8_t)weight;
	}
	return true;
}

/* COUNT whole numbers, blanks before each; TEXT ends in NUL. */
static bool parse_numbers(const char *text, int *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *after;
		gint64 value = g_ascii_strtoll(text, &after, 10);
		if (after == text || value < -100000 || value > 100000)
			return false;
		numbers[i] = (int)value;
		text = after;
	}
	return true;
}

#define DAYS_MOST 1000000

/* For as many rows as the number in TEXT says. */
static bool make_room_for_days(struct model *model, const char *text)
{
	int rows;
	if (model->days || !parse_numbers(text, &rows, 1) || rows < 1 || rows > DAYS_MOST)
		return false;
	model->days_room = (size_t)rows;
	model->days_capacity = 1024;
	model->days_shift = 22;
	while (model->days_capacity < 2 * (size_t)rows) {
		model->days_capacity *= 2;
		model->days_shift--;
	}
	model->days = g_new0(struct day_row, model->days_capacity);
	return true;
}

/* A line that begins with a word, not with a feature. */
static bool parse_named_line(struct model *model, const char *line)
{
	if (g_str_has_prefix(line, "bias "))
		return parse_numbers(line + strlen("bias "), model->bias, MODEL_COLUMNS);
	if (g_str_has_prefix(line, "days "))
		return make_room_for_days(model, line + strlen("days "));
	if (g_str_has_prefix(line, "signs "))
		return parse_numbers(line + strlen("signs "), model->signs, MODEL_SIGNS + 1);
	int pair[2];
	if (!g_str_has_prefix(line, "calibration ") || model->calibration_count == CALIBRATION_MAX ||
	    !parse_numbers(line + strlen("calibration "), pair, 2))
		return false;
	model->calibration[model->calibration_count].raw = pair[0];
	model->calibration[model->calibration_count++].right = pair[1];
	return true;
}

static bool parse_line(struct model *model, const char *line, size_t length)
{
	if (length == 0)
		return true;
	if (line[0] == DAY_MARK)
		return parse_day_row(model, line, length);
	if (parse_row(model, line, length))
		return true;
	char *copy = g_strndup(line, length); /* ends in NUL for the number parsers */
	bool done = parse_named_line(model, copy);
	g_free(copy);
	return done;
}

struct model *model_parse(const char *name, const char *text, size_t length, struct error *error)
{
	if (length < strlen(MODEL_HEADER) || memcmp(text, MODEL_HEADER, strlen(MODEL_HEADER)) != 0) {
		error_set(error, STATUS_CONFIG, "%s:1: a model of another version", name);
		return NULL;
	}
	struct model *model = g_new0(struct model, 1);
	make_room(model, length / (FEATURE_DIGITS + INTENT_COUNT + 1) + 1);
	size_t number = 1; /* after the loop: of the line that it ended with */
	bool done = true;
	for (size_t at = strlen(MODEL_HEADER); done && at < length; number++) {
		const char *end = memchr(text + at, '\n', length - at);
		size_t size = end ? (size_t)(end - text) - at : length - at;
		done = parse_line(model, text + at, size);
		at += size + 1;
	}
	number_shelves(model);
	if (done)
		return model;
	error_set(error, STATUS_CONFIG, "%s:%zu: not a line of a model", name, number);
	model_free(model);
	return NULL;
}

/* Adds up in 16 bits, which a processor does for eight weights at once and BLOCK rows cannot fill. */
static void add_weights(
    const struct model *model, const uint32_t *features, size_t count, int sums[INTENT_COUNT])
{
	_Static_assert(BLOCK * MODEL_WEIGHT_MOST <= INT16_MAX, "the sums of a block fit");
	for (size_t from = 0; from < count; from += BLOCK) {
		uint32_t rows[BLOCK];
		size_t known = rows_of(model, features + from, MIN(count - from, BLOCK), rows);
		int16_t block[ROW_BYTES] = {0};
		for (size_t k = 0; k < known; k++) {
			const int8_t *bytes = model->rows[rows[k]].bytes;
			for (size_t i = 0; i < ROW_BYTES;
			     i++) /* the tag along with them: all fit in a register */
				block[i] = (int16_t)(block[i] + bytes[i]);
		}
		for (size_t i = 0; i < INTENT_COUNT; i++)
			sums[i] += block[i];
	}
}

void model_score(const struct model *model, const struct features *features, int scores[INTENT_COUNT],
    uint32_t units[INTENT_COUNT])
{
	int best[INTENT_COUNT];
	for (size_t i = 0; i < INTENT_COUNT; i++) {
		scores[i] = model->bias[i];
		units[i] = NO_UNIT;
		best[i] = 0;
	}
	add_weights(model, features->hashes, features->document, scores);
	for (guint u = 0; u < features->units->len; u++) {
		int sums[INTENT_COUNT] = {0};
		const struct feature_unit *unit = &g_array_index(features->units, struct feature_unit, u);
		add_weights(model, features->hashes + unit->from, unit->count, sums);
		for (size_t i = 0; i < INTENT_COUNT; i++)
			if (units[i] == NO_UNIT || sums[i] > best[i]) {
				best[i] = sums[i];
				units[i] = u;
			}
	}
	for (size_t i = 0; i < INTENT_COUNT; i++)
		scores[i] += best[i];
}

void model_score_values(const struct model *model, const struct features *features, int scores[MODEL_VALUES])
{
	for (size_t i = 0; i < MODEL_VALUES; i++)
		scores[i] = model->bias[INTENT_COUNT + i];
	for (size_t from = 0; from < features->document; from += BLOCK) {
		uint32_t rows[BLOCK];
		size_t known =
		    rows_of(model, features->hashes + from, MIN(features->document - from, BLOCK), rows);
		for (size_t k = 0; k < known; k++) {
			uint32_t values = model->row_values[rows[k]];
			for (size_t i = 0; values && i < MODEL_VALUES; i++)
				scores[i] += model->values[values - 1][i];
		}
	}
}

bool model_knows_days(const struct model *model)
{
	return model->days != NULL;
}

int model_score_day(const struct model *model, const GArray *features, enum day_kind kind)
{
	int score = 0;
	for (guint i = 0; i < features->len; i++)
		score += day_row_of(model, g_array_index(features, uint32_t, i))->weights[kind];
	return score;
}

/* 1000 / (1 + exp(-x / 2)) for x = 0..16 */
static const int logistic[] = {
    500, 622, 731, 818, 881, 924, 953, 971, 982, 989, 993, 996, 998, 998, 999, 999, 1000};

int model_probability(int score)
{
	int size = abs(score);
	int step = MODEL_SCALE / 2;
	int index = size / step;
	int value = 1000;
	if (index < (int)G_N_ELEMENTS(logistic) - 1)
		value = logistic[index] + (logistic[index + 1] - logistic[index]) * (size % step) / step;
	return score >= 0 ? value : 1000 - value;
}

static int model_calibrate(const struct model *model, int raw)
{
	int low_raw = -100000, low = 0;
	for (size_t i = 0; i < model->calibration_count; i++) {
		int high_raw = model->calibration[i].raw, high = model->calibration[i].right;
		if (raw <= high_raw)
			return i == 0 ? high
				      : low + (high - low) * (raw - low_raw) / MAX(high_raw - low_raw, 1);
		low_raw = high_raw;
		low = high;
	}
	return model->calibration_count ? low : 500;
}

/* Log odds of a chance in thousandths, in 1/MODEL_SCALE, between -6 and 6. */
static int log_odds(int chance)
{
	int low = -6 * MODEL_SCALE, high = 6 * MODEL_SCALE;
	while (high - low > 1) {
		int middle = (low + high) / 2;
		if (model_probability(middle) <= chance)
			low = middle;
		else
			high = middle;
	}
	return low;
}

void model_signs(const struct features *features, const int beliefs[INTENT_COUNT], enum intent_kind primary,
    int chance, int signs[MODEL_SIGNS])
{
	int other = 0, above = 0, rivals = 0, weak = 0;
	for (int i = 0; i < INTENT_NONE; i++) {
		if (i == (int)primary)
			continue;
		other = MAX(other, beliefs[i]);
		if (i < (int)primary)
			above = MAX(above, features->support[i]);
		rivals += features->support[i] == 3;
		weak = MAX(weak, features->weak[i]);
	}
	memset(signs, 0, MODEL_SIGNS * sizeof(int));
	int i = 0;
	signs[i++] = log_odds(chance) / 4;
	signs[i++] = log_odds(other) / 4;
	signs[i++] = features->support[primary] * MODEL_SCALE / 3;
	signs[i++] = above * MODEL_SCALE / 3;
	signs[i++] = MIN(rivals, 4) * MODEL_SCALE / 4;
	signs[i++] = weak * MODEL_SCALE / 3;
	signs[i++] = MIN(features->words, 10) * MODEL_SCALE / 10;
	signs[i++] = features->automatic ? MODEL_SCALE : 0;
	signs[i++] = features->question ? MODEL_SCALE : 0;
	signs[i++] = features->weak[primary] * MODEL_SCALE / 3;
	signs[i + (int)primary] = MODEL_SCALE;
}

int model_confidence(const struct model *model, const struct features *features,
    const int beliefs[INTENT_COUNT], enum intent_kind primary, int chance)
{
	int signs[MODEL_SIGNS];
	model_signs(features, beliefs, primary, chance, signs);
	int sum = model->signs[MODEL_SIGNS];
	for (size_t i = 0; i < MODEL_SIGNS; i++)
		sum += model->signs[i] * signs[i] / MODEL_SCALE;
	return model_calibrate(model, sum);
}

enum intent_kind model_decide(const int beliefs[INTENT_COUNT], int *confidence)
{
	enum intent_kind primary = INTENT_NONE;
	int none_before = 1000; /* that no intent of a higher order is present */
	*confidence = 0;
	for (int kind = 0; kind <= INTENT_NONE; kind++) {
		int chance = beliefs[kind] * none_before / 1000;
		if (chance > *confidence) {
			primary = (enum intent_kind)kind;
			*confidence = chance;
		}
		none_before = none_before * (1000 - beliefs[kind]) / 1000;
	}
	return primary;
}
