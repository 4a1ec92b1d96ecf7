#include "base/base.h"

#include "language/features.h"
#include "language/model.h"

#define MODEL_NAME	"relance-model "
#define MODEL_HEADER	MODEL_NAME "4\n"
#define FEATURE_DIGITS	8
#define CALIBRATION_MAX 64

/* In the order of the columns of a model. */
const char *const model_values[MODEL_VALUES] = {"price", "quantity", "quality", "not_delivered", "duplicate",
    "not_ordered", "wrong_party", "tax", "terms", "already_credited", "refusal", "other", "invoice_copy",
    "purchase_order", "delivery_proof", "bank_details", "statement", "credit_note", "details", "portal",
    "other"};

#define MODEL_COLUMNS (INTENT_COUNT + MODEL_VALUES)

/*
 * What is known of two partners: the weights of each intent for the one without UNIT_SIDE, then for the other
 * one. There are many rows, and no two are near in time: each is half a line of a cache.
 */
struct row {
	int8_t weights[2][INTENT_COUNT];
	uint16_t values; /* with the highest bits of `tag`: where its reasons and things are, values_of() */
	uint32_t tag;	 /* the lowest bits: those of the order that the shelf does not tell */
};
#define ROW_BYTES 32
_Static_assert(sizeof(struct row) == ROW_BYTES, "a row is full");
#define TAG_BITS    24
#define SUMMED	    16 /* bytes of a row: the weights of either side and some more */
#define VALUES_MOST ((UINT32_C(1) << (48 - TAG_BITS - 2)) - 1)

/* A stretch of the order is as many features as are 1/SHELF of a shelf. Most features of a text are in no
 * model: the shelves are small enough to stay near while the rows are not. */
#define SHELF 32

struct shelf {
	uint32_t known; /* a bit for each stretch that has a row */
	uint32_t first; /* the first row of this shelf or a later one */
};

/* What a feature of a day says; all 0 where the place is free. */
struct day_row {
	uint32_t feature;
	int8_t weights[DAY_KINDS];
};

struct model {
	struct row *rows; /* in the order of their features */
	size_t row_count;
	int8_t (*values)[MODEL_VALUES];
	size_t value_count;
	struct shelf *shelves; /* one more than there are: the end of the last */
	size_t shelf_count;
	unsigned shift; /* what of the order is not the number of the stretch */
	uint32_t last;	/* the feature of the last line */
	int bias[MODEL_COLUMNS];
	struct day_row *days; /* open addressing; NULL where the model has none */
	size_t days_capacity; /* a power of two */
	size_t days_room;     /* rows that may still be put there */
	unsigned days_shift;
	struct {
		int raw, right;
	} calibration[CALIBRATION_MAX];
	size_t calibration_count;
	int seldom[BELIEF_PAIRS];
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
	free(model->rows);
	g_free(model->values);
	g_free(model->shelves);
	g_free(model->days);
	g_free(model);
}

static unsigned count_bits(uint32_t bits)
{
	bits -= bits >> 1 & 0x55555555;
	bits = (bits & 0x33333333) + (bits >> 2 & 0x33333333);
	return ((bits + (bits >> 4)) & 0x0f0f0f0f) * 0x01010101 >> 24;
}

/* What is left of a feature to be found, while its row is on its way. */
struct search {
	uint32_t *key; /* where it goes */
	uint32_t order;
	uint32_t from, end; /* rows: the first that it can be, and the end of the shelf */
	uint32_t side;
};

/* Where the search for FEATURE begins: each known stretch before its own on its shelf has at least one row.
 * Whether its stretch is known. */
static inline bool begin_search(const struct model *model, uint32_t feature, struct search *search)
{
	search->side = (feature & UNIT_SIDE) != 0;
	search->order = model_order(feature);
	uint32_t stretch = search->order >> model->shift;
	const struct shelf *shelf = &model->shelves[stretch / SHELF];
	search->from = shelf->first + count_bits(shelf->known & ((UINT32_C(1) << (stretch % SHELF)) - 1));
	search->end = shelf[1].first;
	return shelf->known >> (stretch % SHELF) & 1;
}

static bool has_tag(const struct row *row, uint32_t order)
{
	return (row->tag ^ order) << (32 - TAG_BITS) == 0;
}

static uint32_t end_search(const struct model *model, const struct search *search)
{
	uint32_t row = search->from;
	while (row < search->end && !has_tag(&model->rows[row], search->order))
		row++;
	return row < search->end ? 2 * (row + 1) + search->side : 0;
}

#define BLOCK 32

static void fetch_shelves(const struct model *model, const uint32_t *features, size_t count)
{
	for (size_t i = 0; i < count; i++)
		__builtin_prefetch(&model->shelves[(model_order(features[i]) >> model->shift) / SHELF]);
}

/* Begins the searches for COUNT features, at most BLOCK, and asks for their rows; returns how many are not in
 * vain. The keys of the others are 0. */
static size_t begin_block(
    const struct model *model, uint32_t *features, size_t count, struct search searches[BLOCK + 1])
{
	size_t begun = 0;
	for (size_t i = 0; i < count; i++) {
		bool known = begin_search(model, features[i], &searches[begun]);
		__builtin_prefetch(&model->rows[searches[begun].from]);
		searches[begun].key = &features[i];
		features[i] = 0;
		begun += known; /* one that is in vain is overwritten by the next one */
	}
	return begun;
}

static void end_block(const struct model *model, const struct search *searches, size_t begun)
{
	for (size_t k = 0; k < begun; k++)
		*searches[k].key = end_search(model, &searches[k]);
}

/* Shelves and rows are more than the near caches hold: what all features of a block need is asked for a block
 * before it is looked at. */
void model_find(const struct model *model, uint32_t *features, size_t count)
{
	struct search searches[2][BLOCK + 1];
	size_t begun[2] = {0}, turn = 0;
	if (!model)
		return;
	fetch_shelves(model, features, MIN(count, BLOCK));
	for (size_t from = 0; from < count; from += BLOCK, turn = !turn) {
		size_t size = MIN(count - from, BLOCK);
		fetch_shelves(model, features + from + size, MIN(count - from - size, BLOCK));
		begun[turn] = begin_block(model, features + from, size, searches[turn]);
		end_block(model, searches[!turn], begun[!turn]);
	}
	end_block(model, searches[!turn], begun[!turn]);
}

uint32_t model_key_of_unit(const struct model *model)
{
	return model ? 1 : UNIT_MASK;
}

size_t model_key_end(const struct model *model)
{
	return 2 * (model->row_count + 1);
}

static const struct row *row_of_key(const struct model *model, uint32_t key)
{
	return &model->rows[key / 2 - 1];
}

/* The reasons and things of KEY, NULL for none. */
static const int8_t *values_of(const struct model *model, uint32_t key)
{
	const struct row *row = row_of_key(model, key);
	uint32_t values = (uint32_t)row->values | row->tag >> TAG_BITS << 16;
	if (!(values >> (key % 2) & 1))
		return NULL;
	return model->values[(values >> 2) + (values % 4 == 3 && key % 2)];
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

/* Room for what a file of LENGTH bytes may have: about eight rows on a shelf, and so many shelves that a tag
 * is enough. */
static bool make_room(struct model *model, size_t length)
{
	size_t count = length / (FEATURE_DIGITS + INTENT_COUNT + 1) + 1;
	size_t values = length / (1 + INTENT_COUNT + 2) + 1;
	unsigned bits = 32 - TAG_BITS;
	while (((size_t)8 << bits) < count && bits < 24)
		bits++;
	model->shelf_count = (size_t)1 << bits;
	model->shift = 32 - bits - 5;
	model->shelves = g_new0(struct shelf, model->shelf_count + 1);
	/* the one behind the last may be asked for */
	model->rows = aligned_alloc(ROW_BYTES, (count + 1) * sizeof(struct row));
	model->values = g_malloc_n(values, sizeof(*model->values));
	return model->rows && values <= VALUES_MOST;
}

/* The row of FEATURE behind all others, or the last one, which its partner has made; NULL where it does not
 * belong there. Until all are there, a shelf has the number of rows on the one before it. */
static struct row *add_row(struct model *model, uint32_t feature)
{
	uint32_t order = model_order(feature), stretch = order >> model->shift;
	uint32_t last = model_order(model->last);
	if (model->row_count > 0 && order == last && feature == (model->last ^ UNIT_MASK) &&
	    (feature & UNIT_SIDE)) {
		model->last = feature;
		return &model->rows[model->row_count - 1];
	}
	if (model->row_count > 0 && order <= last)
		return NULL;
	struct shelf *shelf = &model->shelves[stretch / SHELF];
	shelf->known |= UINT32_C(1) << (stretch % SHELF);
	shelf[1].first++;
	model->last = feature;
	struct row *row = &model->rows[model->row_count++];
	*row = (struct row){.tag = order & ((UINT32_C(1) << TAG_BITS) - 1)};
	return row;
}

static void number_shelves(struct model *model)
{
	for (size_t i = 1; i <= model->shelf_count; i++)
		model->shelves[i].first += model->shelves[i - 1].first;
}

/* Notes in ROW that the last values are of SIDE; those of the other one, where it has some, are right before
 * them. */
static void note_values(struct model *model, struct row *row, unsigned side)
{
	uint32_t values = (uint32_t)row->values | row->tag >> TAG_BITS << 16;
	if (values == 0)
		values = (uint32_t)(model->value_count - 1) << 2;
	values |= UINT32_C(1) << side;
	row->values = (uint16_t)values;
	row->tag = (row->tag & ((UINT32_C(1) << TAG_BITS) - 1)) | values >> 16 << TAG_BITS;
}

#define PARTNER_MARK '+'

/* The feature that LINE begins with: FFFFFFFF, or + for the partner of that of the last line. SIZE gets the
 * bytes of it; 0 where it is none. */
static uint32_t parse_row_feature(const struct model *model, const char *line, size_t length, size_t *size)
{
	uint32_t feature = 0;
	*size = 1;
	if (length > 0 && line[0] == PARTNER_MARK)
		return model->row_count > 0 && !(model->last & UNIT_SIDE) ? model->last ^ UNIT_MASK : 0;
	*size = FEATURE_DIGITS;
	return length > FEATURE_DIGITS && parse_feature(line, &feature) ? feature : 0;
}

/* Reasons and things that are not written at the end of TEXT say nothing. */
static bool parse_values(const char *text, size_t length, int8_t values[MODEL_VALUES])
{
	char padded[MODEL_VALUES];
	memset(padded, WEIGHT_ZERO, sizeof(padded));
	memcpy(padded, text, length);
	return parse_weights(padded, values, MODEL_VALUES);
}

/* A feature, then a character for each intent and, up to the last that says something, for each reason and
 * thing. */
static bool parse_row(struct model *model, const char *line, size_t length)
{
	size_t size;
	uint32_t feature = parse_row_feature(model, line, length, &size);
	if (feature == 0 || length < size + INTENT_COUNT || length > size + MODEL_COLUMNS)
		return false;
	struct row *row = add_row(model, feature);
	unsigned side = (feature & UNIT_SIDE) != 0;
	if (!row || !parse_weights(line + size, row->weights[side], INTENT_COUNT))
		return false;
	size += INTENT_COUNT;
	if (length == size)
		return true;
	model->value_count++;
	note_values(model, row, side);
	return parse_values(line + size, length - size, model->values[model->value_count - 1]);
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

/* COUNT whole numbers, blanks before each, and nothing else; TEXT ends in NUL. */
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
	return *text == '\0';
}

static bool are_thousandths(const int *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] < 0 || numbers[i] > 1000)
			return false;
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

/* A raw value, none below that of the last such line, and the thousandths that it stands for. */
static bool parse_calibration(struct model *model, const char *text)
{
	int pair[2];
	size_t count = model->calibration_count;
	if (count == CALIBRATION_MAX || !parse_numbers(text, pair, 2) || pair[1] < 0 || pair[1] > 1000 ||
	    (count > 0 && pair[0] < model->calibration[count - 1].raw))
		return false;
	model->calibration[count].raw = pair[0];
	model->calibration[count].right = pair[1];
	model->calibration_count++;
	return true;
}

/* A line that begins with a word, not with a feature. */
static bool parse_named_line(struct model *model, const char *line)
{
	if (g_str_has_prefix(line, "bias "))
		return parse_numbers(line + strlen("bias "), model->bias, MODEL_COLUMNS);
	if (g_str_has_prefix(line, "days "))
		return make_room_for_days(model, line + strlen("days "));
	if (g_str_has_prefix(line, "seldom "))
		return parse_numbers(line + strlen("seldom "), model->seldom, BELIEF_PAIRS) &&
		       are_thousandths(model->seldom, BELIEF_PAIRS);
	if (g_str_has_prefix(line, "signs "))
		return parse_numbers(line + strlen("signs "), model->signs, MODEL_SIGNS + 1);
	return g_str_has_prefix(line, "calibration ") &&
	       parse_calibration(model, line + strlen("calibration "));
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
	for (size_t i = 0; i < BELIEF_PAIRS; i++)
		model->seldom[i] = 1000;
	bool done = make_room(model, length);
	size_t number = 1; /* after the loop: of the line that it ended with */
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
static void add_weights(const struct model *model, const uint32_t *keys, size_t count, int sums[INTENT_COUNT])
{
	_Static_assert(BLOCK * MODEL_WEIGHT_MOST <= INT16_MAX, "the sums of a block fit");
	for (size_t from = 0; from < count; from += BLOCK) {
		size_t end = MIN(count, from + BLOCK);
		int16_t block[SUMMED] = {0};
		for (size_t k = from; k < end; k++) {
			int8_t weights[SUMMED]; /* what stands behind them along with them: all fit in a
						   register */
			memcpy(weights, row_of_key(model, keys[k])->weights[keys[k] % 2], sizeof weights);
			for (size_t i = 0; i < SUMMED; i++)
				block[i] = (int16_t)(block[i] + weights[i]);
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
	add_weights(model, features->keys, features->document, scores);
	for (guint u = 0; u < features->units->len; u++) {
		int sums[INTENT_COUNT] = {0};
		const struct feature_unit *unit = &g_array_index(features->units, struct feature_unit, u);
		add_weights(model, features->keys + unit->from, unit->count, sums);
		for (size_t i = 0; i < INTENT_COUNT; i++)
			if (units[i] == NO_UNIT || sums[i] > best[i]) {
				best[i] = sums[i];
				units[i] = u;
			}
	}
	scores[INTENT_PROMISE] = MAX(scores[INTENT_PROMISE], -MODEL_DOUBT_MOST);
	scores[INTENT_PAID] = MAX(scores[INTENT_PAID], -MODEL_DOUBT_MOST);
	for (size_t i = 0; i < INTENT_COUNT; i++)
		scores[i] += best[i];
}

/* Adds what COUNT keys say of the first VALUES reasons and things. */
static void add_values(
    const struct model *model, const uint32_t *keys, size_t count, int *scores, size_t values)
{
	for (size_t from = 0; from < count; from += BLOCK) {
		const int8_t *block[BLOCK + 1];
		size_t found = 0, end = MIN(count, from + BLOCK);
		for (size_t k = from; k < end; k++) {
			block[found] = values_of(model, keys[k]);
			__builtin_prefetch(block[found]);
			found += block[found] != NULL;
		}
		for (size_t k = 0; k < found; k++)
			for (size_t i = 0; i < values; i++)
				scores[i] += block[k][i];
	}
}

/* What the clause or sentence that says most for a reason says for it. */
static void add_unit_reasons(const struct model *model, const struct features *features, int *scores)
{
	int most[MODEL_REASONS] = {0};
	for (guint u = 0; u < features->units->len; u++) {
		const struct feature_unit *unit = &g_array_index(features->units, struct feature_unit, u);
		int sums[MODEL_REASONS] = {0};
		add_values(model, features->keys + unit->from, unit->count, sums, MODEL_REASONS);
		for (size_t i = 0; i < MODEL_REASONS; i++)
			most[i] = u == 0 ? sums[i] : MAX(most[i], sums[i]);
	}
	for (size_t i = 0; i < MODEL_REASONS; i++)
		scores[i] += most[i];
}

void model_score_values(const struct model *model, const struct features *features, int scores[MODEL_VALUES])
{
	memcpy(scores, model->bias + INTENT_COUNT, MODEL_VALUES * sizeof(*scores));
	add_values(model, features->keys, features->document, scores, MODEL_VALUES);
	add_unit_reasons(model, features, scores);
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

const int *model_seldom(const struct model *model)
{
	return model->seldom;
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
	signs[i++] = belief_log_odds(chance) / 4;
	signs[i++] = belief_log_odds(other) / 4;
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
