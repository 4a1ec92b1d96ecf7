#include "base/base.h"

#include "language/features.h"

#define CONCEPTS_MAX 14	 /* of a clause that are paired */
#define PIECE	     5	 /* letters */
#define ITEMS_MAX    500 /* of a reply that count: who says more has said it before */

struct concept {
	class_id class;
	uint32_t hash;
};

static inline uint32_t mix(uint32_t hash, uint32_t more)
{
	hash ^= more + 0x9e3779b9u + (hash << 6) + (hash >> 2);
	hash *= 0x85ebca6bu;
	return hash ^ hash >> 15;
}

/* The lowest three bits tell the training how common the kind of feature is, so that it trusts rules before
 * words. */
static inline uint32_t group_of(char kind)
{
	switch (kind) {
	case 'k':
	case 'r':
	case 'v':
		return 1;
	case 'c':
	case 'n':
		return 2;
	case 'p':
	case 'q':
	case 'i':
	case 'a':
	case 's':
		return 3;
	case 'g':
		return 5;
	default:
		return 4;
	}
}

/* Hashes while they are collected: a growing array whose adding costs no call. What the filter does not have
 * is overwritten by the next one. */
struct collector {
	uint32_t *hashes;
	size_t count, room;
	struct model_filter filter;
};

static inline uint32_t feature_of(char kind, uint32_t a, uint32_t b)
{
	uint32_t feature = mix(mix((uint32_t)(unsigned char)kind * 0x01000193u, a), b);
	return (feature & ~UINT32_C(7)) | group_of(kind);
}

static void reserve(struct collector *features, size_t more)
{
	if (features->room - features->count >= more)
		return;
	features->room = MAX(2 * features->room, features->count + MAX(more, 1024));
	features->hashes = g_renew(uint32_t, features->hashes, features->room);
}

static inline void add_feature(struct collector *features, uint32_t feature)
{
	if (features->count == features->room)
		reserve(features, 1);
	features->hashes[features->count] = feature;
	features->count += model_filter_has(features->filter, feature);
}

static inline void add(struct collector *features, char kind, uint32_t a, uint32_t b)
{
	add_feature(features, feature_of(kind, a, b));
}

static uint32_t shorten(uint64_t hash)
{
	return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t short_hash(const char *text, size_t length)
{
	return shorten(word_hash(text, length));
}

static size_t clause_concepts(
    const struct stream *stream, const struct clause *clause, struct concept *concepts)
{
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	size_t count = 0;
	for (uint32_t a = starts[clause->first]; a < starts[clause->end] && count < CONCEPTS_MAX; a++) {
		const struct annotation *at = &g_array_index(stream->annotations, struct annotation, a);
		if (stream->language && !(at->uses & USE_CONCEPT))
			continue;
		uint32_t hash = stream->lexicon->concept_hashes[at->class];
		bool seen = hash == 0;
		for (size_t i = 0; i < count && !seen; i++)
			seen = concepts[i].class == at->class;
		if (!seen)
			concepts[count++] = (struct concept){at->class, hash};
	}
	return count;
}

static void add_clause(
    struct collector *features, const struct stream *stream, const struct clause *clause, bool automatic)
{
	struct concept concepts[CONCEPTS_MAX];
	size_t count = clause_concepts(stream, clause, concepts);
	bool question = stream_sentence(stream, clause->sentence)->question;
	for (size_t i = 0; i < count; i++) {
		add(features, 'c', concepts[i].hash, 0);
		if (question)
			add(features, 'q', concepts[i].hash, 0);
		if (clause->conditional || clause->consequence)
			add(features, 'i', concepts[i].hash, clause->conditional);
		if (clause->reported)
			add(features, 'i', concepts[i].hash, 2);
		if (clause->unreal)
			add(features, 'i', concepts[i].hash, 3);
		if (clause->of_others)
			add(features, 'i', concepts[i].hash, 4);
		if (automatic)
			add(features, 'a', concepts[i].hash, 0);
		for (size_t k = i + 1; k < count; k++)
			add(features, 'p', concepts[i].hash, concepts[k].hash);
	}
}

/* Pieces of a word of PIECE letters, its ends included: what typing errors and endings leave of it. */
static void add_pieces(struct collector *features, const char *word, size_t length)
{
	char bounded[64];
	size_t size = MIN(length, sizeof(bounded) - 2);
	bounded[0] = '<';
	memcpy(bounded + 1, word, size);
	bounded[size + 1] = '>';
	for (size_t i = 0; i + PIECE <= size + 2; i++)
		add(features, 'g', short_hash(bounded + i, PIECE), 0);
}

/* A unit's features are not those of the whole reply. */
#define UNIT_MASK UINT32_C(0x55aa5500)

/* What clauses and words say is said of the whole reply and of its units: all of the former, and those of the
 * latter that pass the filter. */
struct said {
	struct collector clauses; /* clause by clause */
	struct collector units;	  /* the same, as those of units */
	size_t *unit_starts;	  /* where each clause begins there, and where the last one ends */
	uint32_t (*words)[2]; /* of each item: the word, and the word with the one before it; 0 for no word */
};

static void say_clauses(struct said *said, const struct stream *stream, guint clauses, bool automatic)
{
	said->unit_starts = g_new(size_t, clauses + 1);
	size_t done = 0;
	for (guint i = 0; i < clauses; i++) {
		said->unit_starts[i] = said->units.count;
		add_clause(&said->clauses, stream, stream_clause(stream, i), automatic);
		reserve(&said->units, said->clauses.count - done + 1);
		for (; done < said->clauses.count; done++)
			add_feature(&said->units, said->clauses.hashes[done] ^ UNIT_MASK);
	}
	said->unit_starts[clauses] = said->units.count;
}

static uint32_t word_at(const struct stream *stream, size_t position)
{
	return shorten(stream_item(stream, position)->hash);
}

static void say_words(struct said *said, const struct stream *stream, size_t end)
{
	uint32_t before = 0;
	said->words = g_malloc0_n(end + 1, sizeof *said->words);
	for (size_t i = 0; i < end; i++) {
		const struct token *token = stream_token(stream, i);
		if (token->kind != TOKEN_WORD) {
			before = (uint32_t)token->kind;
			continue;
		}
		uint32_t hash = word_at(stream, i);
		said->words[i][0] = feature_of('w', hash, 0);
		said->words[i][1] = feature_of('b', before, hash);
		before = hash;
	}
}

/* Of CLAUSES, and of at least the first ITEMS_MAX items. */
static void said_init(
    struct said *said, const struct stream *stream, guint clauses, bool automatic, struct model_filter filter)
{
	*said = (struct said){.clauses.filter = model_filter(NULL), .units.filter = filter};
	size_t end = MIN(stream_length(stream), ITEMS_MAX);
	if (clauses > 0)
		end = MAX(end, stream_clause(stream, clauses - 1)->end);
	say_clauses(said, stream, clauses, automatic);
	say_words(said, stream, end);
}

static void said_clear(struct said *said)
{
	g_free(said->clauses.hashes);
	g_free(said->units.hashes);
	g_free(said->unit_starts);
	g_free(said->words);
}

static void add_all_clauses(struct collector *features, const struct said *said)
{
	for (size_t i = 0; i < said->clauses.count; i++)
		add_feature(features, said->clauses.hashes[i]);
}

/* The words that were seen, by their hashes: open addressing, room for twice ITEMS_MAX. */
struct seen_words {
	uint64_t hashes[1024];
};
_Static_assert(2 * ITEMS_MAX <= 1024, "the table of seen words is at most half full");

static bool is_new(struct seen_words *seen, uint64_t hash)
{
	size_t slot = (size_t)(hash >> 20) % G_N_ELEMENTS(seen->hashes);
	while (seen->hashes[slot] && seen->hashes[slot] != hash)
		slot = (slot + 1) % G_N_ELEMENTS(seen->hashes);
	bool is_new = !seen->hashes[slot];
	seen->hashes[slot] = hash;
	return is_new;
}

static void add_all_words(struct collector *features, const struct said *said, const struct stream *stream)
{
	struct seen_words seen = {0};
	for (size_t i = 0; i < MIN(stream_length(stream), ITEMS_MAX); i++) {
		if (said->words[i][0] == 0)
			continue;
		bool new = is_new(&seen, stream_item(stream, i)->hash);
		if (new)
			add_feature(features, said->words[i][0]);
		add_feature(features, said->words[i][1]);
		if (new)
			add_pieces(features, words_folded(&stream->words, stream_item(stream, i)->token),
			    stream_token(stream, i)->folded_length);
	}
}

/* As those of a unit: the clauses FROM to TO (exclusive). */
static void add_unit_clauses(struct collector *features, const struct said *said, guint from, guint to)
{
	size_t first = said->unit_starts[from], count = said->unit_starts[to] - first;
	if (count == 0)
		return;
	reserve(features, count);
	memcpy(features->hashes + features->count, said->units.hashes + first, count * sizeof(uint32_t));
	features->count += count;
}

/* As those of a unit: the items FIRST to END (exclusive); before the first one stands nothing. */
static void add_unit_words(struct collector *features, const struct said *said, const struct stream *stream,
    size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		if (said->words[i][0] == 0)
			continue;
		add_feature(features, said->words[i][0] ^ UNIT_MASK);
		uint32_t pair = i == first ? feature_of('b', 0, word_at(stream, i)) : said->words[i][1];
		add_feature(features, pair ^ UNIT_MASK);
	}
}

/* MASK: UNIT_MASK for a feature of a unit, or 0. */
static void add_hit(struct collector *features, const struct hit *hit, uint32_t mask)
{
	const struct rule *rule = hit->rule;
	uint32_t kind = (uint32_t)rule->kind * 4 + (uint32_t)rule->strength;
	if (hit->weak) {
		uint32_t why =
		    (uint32_t)(1 + hit->negated + 2 * hit->asked + 4 * hit->conditional + 8 * hit->reported +
			       16 * hit->consequence + 32 * hit->unreal + 64 * hit->of_others);
		add_feature(features, feature_of('k', kind, why) ^ mask);
		return;
	}
	add_feature(features, feature_of('r', shorten(rule->name_hash), 0) ^ mask);
	add_feature(features, feature_of('k', kind, 0) ^ mask);
	if (hit->consequence)
		add_feature(features, feature_of('k', kind, 99) ^ mask);
	if (rule->value)
		add_feature(features, feature_of('v', shorten(rule->value_hash), kind) ^ mask);
}

static uint32_t bucket(size_t count)
{
	uint32_t bits = 0;
	while (count >> bits)
		bits++;
	return bits;
}

/* Words of the trade; a letter without any is about something else. */
static size_t count_trade_words(const struct stream *stream)
{
	static const enum known_class trade[] = {KNOWN_PAY, KNOWN_PAID, KNOWN_PAYMENT, KNOWN_TRANSFER,
	    KNOWN_CHEQUE, KNOWN_PAYRUN, KNOWN_INVOICE, KNOWN_DISPUTE, KNOWN_CREDIT_NOTE, KNOWN_APPROVAL,
	    KNOWN_TERMS, KNOWN_CASHFLOW, KNOWN_ABSENT, KNOWN_ACCOUNTING};
	size_t count = 0, end = MIN(stream_length(stream), ITEMS_MAX);
	for (size_t i = 0; i < G_N_ELEMENTS(trade); i++) {
		class_id class = stream->lexicon->known[trade[i]];
		count += class != CLASS_NONE && stream_has_within(stream, 0, end, class);
	}
	return count + stream_has_within(stream, 0, end, CLASS_AMOUNT) +
	       stream_has_within(stream, 0, end, CLASS_OURS);
}

static void add_shape(struct collector *features, const struct stream *stream, bool automatic)
{
	size_t amounts = 0, codes = 0, amount_lines = 0;
	uint32_t line = UINT32_MAX;
	for (size_t i = 0; i < stream_length(stream); i++) {
		enum token_kind kind = stream_token(stream, i)->kind;
		amounts += kind == TOKEN_AMOUNT;
		codes += kind == TOKEN_CODE;
		if (kind == TOKEN_AMOUNT && stream_item(stream, i)->line != line) {
			amount_lines++;
			line = stream_item(stream, i)->line;
		}
	}
	add(features, 'n', 1, bucket(stream_length(stream)));
	add(features, 'n', 2, (uint32_t)MIN(amounts, 3));
	add(features, 'n', 3, (uint32_t)MIN(amount_lines, 4));
	add(features, 'n', 4, (uint32_t)MIN(codes, 3));
	add(features, 'n', 5, automatic);
	add(features, 'n', 8, (uint32_t)MIN(count_trade_words(stream), 4));
}

/* Takes repetitions from FROM on away with a table of what was seen; the order stays. */
static void keep_one_each(struct collector *features, size_t from)
{
	uint32_t small[1024];
	size_t capacity = 64;
	while (capacity < 3 * (features->count - from))
		capacity *= 2;
	bool big = capacity > G_N_ELEMENTS(small);
	uint32_t *seen = big ? g_new0(uint32_t, capacity) : small;
	if (!big)
		memset(small, 0, capacity * sizeof(uint32_t));
	size_t kept = from;
	for (size_t i = from; i < features->count; i++) {
		uint32_t feature = features->hashes[i];
		size_t slot = (feature * 0x9e3779b1u >> 4) & (capacity - 1);
		while (seen[slot] && seen[slot] != feature)
			slot = (slot + 1) & (capacity - 1);
		features->hashes[kept] = feature;
		kept += !seen[slot]; /* no branch: nobody can foresee it */
		seen[slot] = feature;
	}
	features->count = kept;
	if (big)
		g_free(seen);
}

/* The clauses FROM to TO (exclusive) as one unit; HITS are sorted by clause, *NEXT is the first of clause
 * FROM. */
static void add_unit(struct features *features, struct collector *all, const struct said *said,
    const struct stream *stream, const GArray *hits, guint from, guint to, guint next)
{
	struct feature_unit unit = {.first = stream_clause(stream, from)->first,
	    .end = stream_clause(stream, to - 1)->end,
	    .from = all->count};
	add_unit_clauses(all, said, from, to);
	add_unit_words(all, said, stream, unit.first, unit.end);
	for (; next < hits->len && g_array_index(hits, struct hit, next).clause < to; next++)
		add_hit(all, &g_array_index(hits, struct hit, next), UNIT_MASK);
	bool question = stream_sentence(stream, stream_clause(stream, from)->sentence)->question;
	add_feature(all, feature_of('n', 6, question) ^ UNIT_MASK);
	add_feature(all, feature_of('n', 7, from == 0) ^ UNIT_MASK);
	keep_one_each(all, unit.from);
	unit.count = all->count - unit.from;
	g_array_append_val(features->units, unit);
}

static void add_units(struct features *features, struct collector *all, const struct said *said,
    const struct stream *stream, const GArray *hits, guint clauses)
{
	guint next = 0;
	for (guint i = 0; i < clauses;) {
		uint32_t sentence = stream_clause(stream, i)->sentence;
		guint end = i;
		while (end < clauses && stream_clause(stream, end)->sentence == sentence)
			end++;
		while (next < hits->len && g_array_index(hits, struct hit, next).clause < i)
			next++;
		add_unit(features, all, said, stream, hits, i, end, next);
		for (guint k = i, at = next; end - i > 1 && k < end; k++) {
			while (at < hits->len && g_array_index(hits, struct hit, at).clause < k)
				at++;
			add_unit(features, all, said, stream, hits, k, k + 1, at);
		}
		i = end;
	}
}

static void note_support(struct features *features, const struct stream *stream, const GArray *hits)
{
	for (guint i = 0; i < hits->len; i++) {
		const struct hit *hit = &g_array_index(hits, struct hit, i);
		int *support = hit->weak ? features->weak : features->support;
		support[hit->rule->kind] = MAX(support[hit->rule->kind], 1 + (int)hit->rule->strength);
	}
	features->words = (int)bucket(stream_length(stream));
	for (guint i = 0; i < stream->sentences->len; i++)
		features->question |= stream_sentence(stream, i)->question;
}

struct features *features_collect(const struct stream *stream, const GArray *hits,
    const struct stream *subject, bool automatic, struct model_filter filter)
{
	struct features *features = g_new0(struct features, 1);
	struct collector all = {.filter = filter};
	features->units = g_array_new(FALSE, FALSE, sizeof(struct feature_unit));
	guint clauses = 0;
	while (clauses < stream->clauses->len && stream_clause(stream, clauses)->first < ITEMS_MAX)
		clauses++;
	struct said said;
	said_init(&said, stream, clauses, automatic, filter);
	add_all_clauses(&all, &said);
	add_all_words(&all, &said, stream);
	for (guint i = 0; i < hits->len; i++)
		add_hit(&all, &g_array_index(hits, struct hit, i), 0);
	add_shape(&all, stream, automatic);
	note_support(features, stream, hits);
	features->automatic = automatic;
	for (guint i = 0; subject && i < subject->clauses->len; i++) {
		struct concept concepts[CONCEPTS_MAX];
		size_t count = clause_concepts(subject, stream_clause(subject, i), concepts);
		for (size_t k = 0; k < count; k++)
			add(&all, 's', concepts[k].hash, automatic);
	}
	keep_one_each(&all, 0);
	features->document = all.count;
	add_units(features, &all, &said, stream, hits, clauses);
	said_clear(&said);
	features->hashes = all.hashes;
	return features;
}

void features_free(struct features *features)
{
	g_free(features->hashes);
	g_array_free(features->units, TRUE);
	g_free(features);
}
