#include "base/base.h"

#include "language/evidence.h"
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

/* Features while they are collected: a growing array whose adding costs no call. */
struct collector {
	uint32_t *features;
	size_t count, room;
};

static inline uint32_t feature_of(char kind, uint32_t a, uint32_t b)
{
	uint32_t feature = mix(mix((uint32_t)(unsigned char)kind * 0x01000193u, a), b);
	return (feature & ~UINT32_C(7)) | group_of(kind);
}

static void reserve(struct collector *all, size_t more)
{
	if (all->room - all->count >= more)
		return;
	all->room = MAX(2 * all->room, all->count + MAX(more, 2048));
	all->features = g_renew(uint32_t, all->features, all->room);
}

static inline void add_feature(struct collector *all, uint32_t feature)
{
	if (all->count == all->room)
		reserve(all, 1);
	all->features[all->count++] = feature;
}

static inline void add(struct collector *all, char kind, uint32_t a, uint32_t b)
{
	add_feature(all, feature_of(kind, a, b));
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
    struct collector *all, const struct stream *stream, const struct clause *clause, bool automatic)
{
	struct concept concepts[CONCEPTS_MAX];
	size_t count = clause_concepts(stream, clause, concepts);
	bool question = stream_sentence(stream, clause->sentence)->question;
	for (size_t i = 0; i < count; i++) {
		add(all, 'c', concepts[i].hash, 0);
		if (question)
			add(all, 'q', concepts[i].hash, 0);
		if (clause->conditional || clause->consequence)
			add(all, 'i', concepts[i].hash, clause->conditional);
		if (clause->reported)
			add(all, 'i', concepts[i].hash, 2);
		if (clause->unreal)
			add(all, 'i', concepts[i].hash, 3);
		if (clause->of_others)
			add(all, 'i', concepts[i].hash, 4);
		if (automatic)
			add(all, 'a', concepts[i].hash, 0);
		for (size_t k = i + 1; k < count; k++)
			add(all, 'p', concepts[i].hash, concepts[k].hash);
	}
}

/* Pieces of a word of PIECE letters, its ends included: what typing errors and endings leave of it. */
static void add_pieces(struct collector *all, const char *word, size_t length)
{
	char bounded[64];
	size_t size = MIN(length, sizeof(bounded) - 2);
	bounded[0] = '<';
	memcpy(bounded + 1, word, size);
	bounded[size + 1] = '>';
	for (size_t i = 0; i + PIECE <= size + 2; i++)
		add(all, 'g', short_hash(bounded + i, PIECE), 0);
}

/*
 * What a reply says: each feature once or more often, as often as it is said, and where the features of its
 * clauses, words and hits are, so that its units can be put together of them.
 */
struct said {
	struct collector all;
	size_t document; /* so many are of the whole reply; behind them is what only units have */
	size_t *clauses; /* where each clause begins, and where the last one ends */
	size_t *words;	 /* of each item: where the word is, and behind it the word with the one before it; or
			    NO_WORD */
	size_t *firsts;	 /* of each clause: its first word with nothing before it; or NO_WORD */
	size_t *hits;	 /* where each hit begins, and where the last one ends */
	size_t shapes;	 /* of units: no question, a question, not the first one, the first one */
};

#define NO_WORD SIZE_MAX

static void say_clauses(struct said *said, const struct stream *stream, guint clauses, bool automatic)
{
	said->clauses = g_new(size_t, clauses + 1);
	for (guint i = 0; i < clauses; i++) {
		said->clauses[i] = said->all.count;
		add_clause(&said->all, stream, stream_clause(stream, i), automatic);
	}
	said->clauses[clauses] = said->all.count;
}

static uint32_t word_at(const struct stream *stream, size_t position)
{
	return shorten(stream_item(stream, position)->hash);
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

/* The words FROM to END (exclusive); with the pieces of those that SEEN has not seen, if it is not NULL. */
static void say_words(
    struct said *said, const struct stream *stream, size_t from, size_t end, struct seen_words *seen)
{
	uint32_t before = 0;
	for (size_t i = from > 0 ? from - 1 : 0; i < end; i++) {
		const struct token *token = stream_token(stream, i);
		bool is_word = token->kind == TOKEN_WORD;
		uint32_t hash = is_word ? word_at(stream, i) : (uint32_t)token->kind;
		if (i >= from)
			said->words[i] = is_word ? said->all.count : NO_WORD;
		if (is_word && i >= from) {
			add(&said->all, 'w', hash, 0);
			add(&said->all, 'b', before, hash);
		}
		if (is_word && seen && is_new(seen, stream_item(stream, i)->hash))
			add_pieces(&said->all, words_folded(&stream->words, stream_item(stream, i)->token),
			    token->folded_length);
		before = hash;
	}
}

static void say_hit(struct collector *all, const struct hit *hit)
{
	const struct rule *rule = hit->rule;
	uint32_t kind = (uint32_t)rule->kind * 4 + (uint32_t)rule->strength;
	if (hit->weak) {
		uint32_t why =
		    (uint32_t)(1 + hit->negated + 2 * hit->asked + 4 * hit->conditional + 8 * hit->reported +
			       16 * hit->consequence + 32 * hit->unreal + 64 * hit->of_others);
		add(all, 'k', kind, why);
		return;
	}
	add(all, 'r', shorten(rule->name_hash), 0);
	add(all, 'k', kind, 0);
	if (hit->consequence)
		add(all, 'k', kind, 99);
	if (rule->value)
		add(all, 'v', shorten(rule->value_hash), kind);
}

static void say_hits(struct said *said, const GArray *hits)
{
	said->hits = g_new(size_t, hits->len + 1);
	for (guint i = 0; i < hits->len; i++) {
		said->hits[i] = said->all.count;
		say_hit(&said->all, &g_array_index(hits, struct hit, i));
	}
	said->hits[hits->len] = said->all.count;
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

static void say_shape(struct collector *all, const struct stream *stream, bool automatic)
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
	add(all, 'n', 1, bucket(stream_length(stream)));
	add(all, 'n', 2, (uint32_t)MIN(amounts, 3));
	add(all, 'n', 3, (uint32_t)MIN(amount_lines, 4));
	add(all, 'n', 4, (uint32_t)MIN(codes, 3));
	add(all, 'n', 5, automatic);
	add(all, 'n', 8, (uint32_t)MIN(count_trade_words(stream), 4));
}

static void say_subject(struct collector *all, const struct stream *subject, bool automatic)
{
	for (guint i = 0; i < subject->clauses->len; i++) {
		struct concept concepts[CONCEPTS_MAX];
		size_t count = clause_concepts(subject, stream_clause(subject, i), concepts);
		for (size_t k = 0; k < count; k++)
			add(all, 's', concepts[k].hash, automatic);
	}
}

/* What units have that the whole reply has not: the words from FROM to END (exclusive), and what is so of the
 * first word of a clause and of a unit by its place. */
static void say_units(struct said *said, const struct stream *stream, guint clauses, size_t from, size_t end)
{
	say_words(said, stream, from, end, NULL);
	said->firsts = g_new(size_t, clauses);
	for (guint i = 0; i < clauses; i++) {
		uint32_t first = stream_clause(stream, i)->first;
		bool is_word = stream_token(stream, first)->kind == TOKEN_WORD;
		said->firsts[i] = is_word ? said->all.count : NO_WORD;
		if (is_word)
			add(&said->all, 'b', 0, word_at(stream, first));
	}
	said->shapes = said->all.count;
	for (uint32_t i = 0; i < 4; i++)
		add(&said->all, 'n', 6 + i / 2, i % 2);
}

/* SUBJECT may be NULL. */
static void said_init(struct said *said, const struct stream *stream, const GArray *hits,
    const struct stream *subject, guint clauses, bool automatic)
{
	*said = (struct said){0};
	struct seen_words seen = {0};
	size_t length = MIN(stream_length(stream), ITEMS_MAX), end = length;
	if (clauses > 0)
		end = MAX(end, stream_clause(stream, clauses - 1)->end);
	said->words = g_new(size_t, end + 1);
	say_clauses(said, stream, clauses, automatic);
	say_words(said, stream, 0, length, &seen);
	say_hits(said, hits);
	say_shape(&said->all, stream, automatic);
	if (subject)
		say_subject(&said->all, subject, automatic);
	said->document = said->all.count;
	say_units(said, stream, clauses, length, end);
}

static void said_clear(struct said *said)
{
	g_free(said->all.features);
	g_free(said->clauses);
	g_free(said->words);
	g_free(said->firsts);
	g_free(said->hits);
}

/* The keys of features while they are put together. */
struct keys {
	uint32_t *keys;
	size_t count, room;
	uint32_t unit;	/* by what the key of a unit's feature differs */
	uint64_t *seen; /* with a model a bit for each of its keys: those of the present list, and 0 */
};

static void keys_init(struct keys *keys, const struct model *model)
{
	*keys = (struct keys){0};
	if (!model)
		return;
	keys->seen = g_new0(uint64_t, model_key_end(model) / 64 + 1);
	keys->seen[0] = 1;
}

/* Room for MORE keys behind those that there are. */
static void make_room(struct keys *keys, size_t more)
{
	if (keys->room - keys->count >= more)
		return;
	keys->room = MAX(2 * keys->room, keys->count + more);
	keys->keys = g_renew(uint32_t, keys->keys, keys->room);
}

/* Where there is room for it; what is not new is overwritten by the next one: no branch, as nobody can
 * foresee it. */
static inline void add_key(struct keys *keys, uint32_t key)
{
	keys->keys[keys->count] = key ^ keys->unit;
	if (!keys->seen) {
		keys->count++;
		return;
	}
	uint64_t *seen = &keys->seen[key / 64];
	keys->count += !(*seen >> (key % 64) & 1);
	*seen |= UINT64_C(1) << (key % 64);
}

/* The keys FIRST to END (exclusive) of what was said. */
static void add_keys(struct keys *keys, const struct said *said, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		add_key(keys, said->all.features[i]);
}

/* Of the items FIRST to END (exclusive), where clause CLAUSE begins. */
static void add_word_keys(struct keys *keys, const struct said *said, size_t first, size_t end, guint clause)
{
	for (size_t i = first; i < end; i++) {
		if (said->words[i] == NO_WORD)
			continue;
		size_t pair = i == first ? said->firsts[clause] : said->words[i] + 1;
		add_key(keys, said->all.features[said->words[i]]);
		add_key(keys, said->all.features[pair]);
	}
}

/* Takes repetitions from FROM on away with a table of what was seen; the order stays. */
static void keep_new(struct keys *keys, size_t from)
{
	uint32_t small[1024];
	size_t capacity = 64;
	while (capacity < 3 * (keys->count - from))
		capacity *= 2;
	bool big = capacity > G_N_ELEMENTS(small);
	uint32_t *seen = big ? g_new0(uint32_t, capacity) : small;
	if (!big)
		memset(small, 0, capacity * sizeof(uint32_t));
	size_t kept = from;
	for (size_t i = from; i < keys->count; i++) {
		uint32_t key = keys->keys[i];
		size_t slot = (key * 0x9e3779b1u >> 4) & (capacity - 1);
		while (seen[slot] && seen[slot] != key)
			slot = (slot + 1) & (capacity - 1);
		keys->keys[kept] = key;
		kept += !seen[slot];
		seen[slot] = key;
	}
	keys->count = kept;
	if (big)
		g_free(seen);
}

/* Ends the list of keys that begins with FROM, each once. */
static void end_list(struct keys *keys, size_t from)
{
	if (!keys->seen) {
		keep_new(keys, from);
		return;
	}
	for (size_t i = from; i < keys->count; i++)
		keys->seen[(keys->keys[i] ^ keys->unit) / 64] = 0;
	keys->seen[0] = 1;
}

/* The clauses FROM to TO (exclusive) as one unit, and the hits FIRST to END (exclusive), which are in them.
 */
static void add_unit(struct features *features, struct keys *keys, const struct said *said,
    const struct stream *stream, guint from, guint to, struct range hits)
{
	struct feature_unit unit = {.first = stream_clause(stream, from)->first,
	    .end = stream_clause(stream, to - 1)->end,
	    .from = keys->count};
	size_t clauses = said->clauses[to] - said->clauses[from];
	size_t in_hits = said->hits[hits.end] - said->hits[hits.first];
	make_room(keys, clauses + 2 * (unit.end - unit.first) + in_hits + 3); /* one is always overwritten */
	add_keys(keys, said, said->clauses[from], said->clauses[to]);
	add_word_keys(keys, said, unit.first, unit.end, from);
	add_keys(keys, said, said->hits[hits.first], said->hits[hits.end]);
	bool question = stream_sentence(stream, stream_clause(stream, from)->sentence)->question;
	add_key(keys, said->all.features[said->shapes + question]);
	add_key(keys, said->all.features[said->shapes + 2 + (from == 0)]);
	end_list(keys, unit.from);
	unit.count = keys->count - unit.from;
	g_array_append_val(features->units, unit);
}

/* The first hit from NEXT on of clause CLAUSE or a later one; HITS are sorted by clause. */
static guint hits_until(const GArray *hits, guint next, guint clause)
{
	while (next < hits->len && g_array_index(hits, struct hit, next).clause < clause)
		next++;
	return next;
}

static void add_units(struct features *features, struct keys *keys, const struct said *said,
    const struct stream *stream, const GArray *hits, guint clauses)
{
	guint next = 0;
	for (guint i = 0; i < clauses;) {
		uint32_t sentence = stream_clause(stream, i)->sentence;
		guint end = i;
		while (end < clauses && stream_clause(stream, end)->sentence == sentence)
			end++;
		struct range in = {hits_until(hits, next, i), hits_until(hits, next, end)};
		add_unit(features, keys, said, stream, i, end, in);
		for (guint k = i, at = next; end - i > 1 && k < end; k++) {
			guint after = hits_until(hits, at, k + 1);
			add_unit(features, keys, said, stream, k, k + 1, (struct range){at, after});
			at = after;
		}
		next = (guint)in.end;
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

/* What is said of the whole reply, each once. */
static void add_document(struct features *features, struct keys *keys, const struct said *said)
{
	make_room(keys, said->document + 1);
	add_keys(keys, said, 0, said->document);
	end_list(keys, 0);
	features->document = keys->count;
}

struct features *features_collect(const struct stream *stream, const GArray *hits,
    const struct stream *subject, bool automatic, const struct model *model)
{
	struct features *features = g_new0(struct features, 1);
	struct keys keys;
	features->units = g_array_new(FALSE, FALSE, sizeof(struct feature_unit));
	guint clauses = 0;
	while (clauses < stream->clauses->len && stream_clause(stream, clauses)->first < ITEMS_MAX)
		clauses++;
	struct said said;
	said_init(&said, stream, hits, subject, clauses, automatic);
	model_find(model, said.all.features, said.all.count);
	note_support(features, stream, hits);
	features->automatic = automatic;
	keys_init(&keys, model);
	add_document(features, &keys, &said);
	keys.unit = model_key_of_unit(model);
	add_units(features, &keys, &said, stream, hits, clauses);
	said_clear(&said);
	g_free(keys.seen);
	features->keys = keys.keys;
	return features;
}

void features_free(struct features *features)
{
	g_free(features->keys);
	g_array_free(features->units, TRUE);
	g_free(features);
}
