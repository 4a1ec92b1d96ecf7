#include "base/base.h"

#include "language/push.h"
#include "language/stream.h"

void stream_annotate(struct stream *stream, size_t position, class_id class, size_t length)
{
	struct annotation annotation = {(uint32_t)position, class, (uint8_t)MIN(length, UINT8_MAX), 0};
	const GArray *closure = lexicon_class_closure(stream->lexicon, class);
	guint count = closure ? closure->len : 1;
	array_reserve(stream->annotations, &stream->room, count + 1);
	for (guint i = 0; i < count; i++) {
		if (closure)
			annotation.class = g_array_index(closure, class_id, i);
		if (stream->language)
			annotation.uses = stream->language->class_uses[annotation.class];
		bool needed =
		    !stream->language || annotation.uses || stream->lexicon->watched[annotation.class];
		/* what is not is overwritten by the next one */
		g_array_index(stream->annotations, struct annotation, stream->annotations->len) = annotation;
		stream->annotations->len += needed;
	}
}

/* Where COUNT annotations, at most CHOSEN, stand. Few are watched: they are chosen without a branch, as
 * nobody can foresee it. */
static void note_some(struct stream *stream, const struct annotation *all, guint count)
{
	const uint8_t *rows = stream->lexicon->watched;
	const struct annotation *chosen[CHOSEN];
	guint watched = 0;
	for (guint i = 0; i < count; i++) {
		chosen[watched] = &all[i];
		watched += rows[all[i].class] != 0;
	}
	for (guint i = 0; i < watched; i++) {
		uint32_t position = chosen[i]->position;
		stream->watched[rows[chosen[i]->class] * stream->row + position / 64] |= UINT64_C(1)
											 << (position % 64);
	}
}

/* Where the annotations from FROM on stand. */
static void note_watched(struct stream *stream, guint from)
{
	const struct annotation *all = (const struct annotation *)(const void *)stream->annotations->data;
	guint count = stream->annotations->len;
	for (; from < count; from += CHOSEN)
		note_some(stream, all + from, MIN(count - from, CHOSEN));
}

/* Counts the annotations up to each position. */
static void count_all(const struct annotation *all, guint count, uint32_t *starts, size_t length)
{
	memset(starts, 0, (length + 1) * sizeof(uint32_t));
	for (guint i = 0; i < count; i++)
		starts[all[i].position + 1]++;
	for (size_t i = 0; i < length; i++)
		starts[i + 1] += starts[i];
}

static bool is_in_order(const struct annotation *all, guint from, guint end)
{
	for (guint i = from + 1; i < end; i++)
		if (all[i].position < all[i - 1].position)
			return false;
	return true;
}

/* Puts ADDED annotations, a copy of what stands behind the SORTED ones and in order itself, among them:
 * behind those at their positions, whose ends are in STARTS. */
static void merge(
    struct annotation *all, guint sorted, const struct annotation *tail, guint added, const uint32_t *starts)
{
	for (guint end = sorted; added > 0; added--) {
		guint at = starts[tail[added - 1].position + 1];
		memmove(all + at + added, all + at, (end - at) * sizeof *all);
		all[at + added - 1] = tail[added - 1];
		end = at;
	}
}

/* Counts ADDED annotations, which are in order, into STARTS. */
static void count_added(const struct annotation *tail, guint added, uint32_t *starts, size_t length)
{
	guint next = 0;
	for (size_t i = 0; i < length; i++) {
		while (next < added && tail[next].position == i)
			next++;
		starts[i + 1] += next;
	}
}

static void sort_tail(struct annotation *all, guint sorted, guint count, uint32_t *starts, size_t length)
{
	guint added = count - sorted;
	struct annotation *tail = sorted > 0 ? g_memdup2(all + sorted, added * sizeof *tail) : all;
	if (tail != all)
		merge(all, sorted, tail, added, starts);
	count_added(tail, added, starts, length);
	if (tail != all)
		g_free(tail);
}

/* Counting sort by position: keeps the order of equal ones and is linear. */
static void sort_all(struct annotation *all, guint count, const uint32_t *starts, size_t length)
{
	struct annotation *before = g_memdup2(all, count * sizeof *before);
	uint32_t *next = g_memdup2(starts, (length + 1) * sizeof(uint32_t));
	for (guint i = 0; i < count; i++)
		all[next[before[i].position]++] = before[i];
	g_free(next);
	g_free(before);
}

void stream_sort(struct stream *stream)
{
	size_t length = stream_length(stream);
	guint sorted = stream->sorted, count = stream->annotations->len;
	struct annotation *all = (struct annotation *)(void *)stream->annotations->data;
	uint32_t *starts = (uint32_t *)(void *)stream->starts->data;
	note_watched(stream, sorted);
	/* what is added comes from one walk through the text */
	if (count > sorted && is_in_order(all, sorted, count)) {
		sort_tail(all, sorted, count, starts, length);
	} else if (count > sorted) {
		count_all(all, count, starts, length);
		sort_all(all, count, starts, length);
	}
	stream->sorted = count;
}

static const struct annotation *annotations_at(const struct stream *stream, size_t position, size_t *count)
{
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	*count = starts[position + 1] - starts[position];
	return *count ? (const struct annotation *)(const void *)stream->annotations->data + starts[position]
		      : NULL;
}

bool stream_has_within(const struct stream *stream, size_t first, size_t end, class_id class)
{
	const uint64_t *watched = stream_watched(stream, class);
	if (first >= end)
		return false;
	if (watched) {
		size_t element = first / 64, last = (end - 1) / 64;
		uint64_t bits = watched[element] & (UINT64_MAX << (first % 64));
		while (!bits && element < last)
			bits = watched[++element];
		if (element == last)
			bits &= UINT64_MAX >> (63 - (end - 1) % 64);
		return bits != 0;
	}
	for (size_t i = first; i < end; i++)
		if (stream_has(stream, i, class))
			return true;
	return false;
}

size_t stream_ends_before(const struct stream *stream, size_t position, class_id class)
{
	uint32_t sentence = stream_item(stream, position)->sentence;
	for (size_t back = 1; back <= 6 && back <= position; back++) {
		size_t at = position - back;
		if (stream_item(stream, at)->sentence != sentence)
			return 0;
		size_t count;
		const struct annotation *found = annotations_at(stream, at, &count);
		for (size_t i = 0; i < count; i++)
			if (found[i].class == class && found[i].length == back)
				return back;
	}
	return 0;
}

size_t stream_match(
    const struct stream *stream, const struct pattern *pattern, size_t position, size_t limit, bool longest)
{
	if (pattern->context != CLASS_NONE && !stream_ends_before(stream, position, pattern->context))
		return 0;
	size_t room = limit - position < SPAN_MAX ? limit - position : SPAN_MAX;
	uint64_t allowed = (UINT64_C(2) << room) - 1;
	uint64_t reached = 1; /* bit n: the steps so far can end after n items */
	const struct step *steps = (const struct step *)(const void *)pattern->steps->data;
	for (guint k = 0; k < pattern->steps->len && reached; k++) {
		uint64_t next = steps[k].optional ? reached : 0;
		if (steps[k].gap) {
			next = reached;
			for (unsigned i = 0; i < steps[k].gap; i++)
				next |= next << 1;
		} else {
			for (uint64_t left = reached; left; left &= left - 1) {
				unsigned offset = (unsigned)__builtin_ctzll(left);
				if (offset >= room)
					break;
				size_t count;
				const struct annotation *at =
				    annotations_at(stream, position + offset, &count);
				for (size_t i = 0; i < count; i++)
					if (at[i].class == steps[k].class && offset + at[i].length <= room)
						next |= UINT64_C(1) << (offset + at[i].length);
			}
		}
		reached = next & allowed;
	}
	reached &= ~UINT64_C(1);
	if (!reached)
		return 0;
	return longest ? 63u - (unsigned)__builtin_clzll(reached) : (unsigned)__builtin_ctzll(reached);
}

#define AHEAD 16 /* words: what they mean is asked for so far ahead of where it is needed */

static void annotate_node(struct stream *stream, const struct node *node, size_t position, size_t length)
{
	if (node->class_count == 0)
		return;
	array_reserve(stream->annotations, &stream->room, node->class_count);
	struct annotation *to =
	    (struct annotation *)(void *)stream->annotations->data + stream->annotations->len;
	const struct meant_class *meant = stream->language->meant + node->first_class;
	for (guint i = 0; i < node->class_count; i++)
		to[i] =
		    (struct annotation){(uint32_t)position, meant[i].class, (uint8_t)length, meant[i].uses};
	stream->annotations->len += node->class_count;
}

/* Annotates what the words from POSITION on mean, NODE being where the words before led. */
static void walk(struct stream *stream, size_t start, size_t position, uint32_t node, unsigned depth)
{
	const struct language *language = stream->language;
	const struct item *item = stream_item(stream, position);
	const struct token *token = stream_token(stream, position);
	const char *word = words_folded(&stream->words, item->token);
	size_t length = token->folded_length;
	if (length == 0)
		return;
	uint32_t children[72];
	size_t count = 0;
	const struct node *here = language_node(language, node);
	uint32_t child = node == 0 ? item->node : language_child(language, node, 'w', item->hash);
	if (child)
		children[count++] = child;
	if (here->written &&
	    (child = language_child(language, node, 'e',
		 word_hash_written(stream->words.text + token->start, token->end - token->start))))
		children[count++] = child;
	size_t most = MIN(length, 30);
	if (here->prefix_lengths) {
		uint64_t hash = word_hash(word, 0);
		for (size_t i = 1; i <= most && here->prefix_lengths >> i; i++) {
			hash = (hash ^ (unsigned char)word[i - 1]) * 0x100000001b3u;
			if ((here->prefix_lengths >> i & 1) &&
			    (child = language_child(language, node, 'p', hash)))
				children[count++] = child;
		}
	}
	if (here->suffix_lengths) {
		uint64_t hash = word_hash_backwards(word, 0);
		for (size_t i = 1; i <= most && here->suffix_lengths >> i; i++) {
			hash = (hash ^ (unsigned char)word[length - i]) * 0x100000001b3u;
			if ((here->suffix_lengths >> i & 1) &&
			    (child = language_child(language, node, 's', hash)))
				children[count++] = child;
		}
	}
	for (size_t i = 0; i < count; i++) {
		const struct node *found = language_node(language, children[i]);
		annotate_node(stream, found, start, position + 1 - start);
		if (found->leads_on && depth < 7 && position + 1 < stream_length(stream) &&
		    stream_item(stream, position + 1)->sentence == item->sentence)
			walk(stream, start, position + 1, children[i], depth + 1);
	}
}

/* Asks for the node of an item AHEAD of POSITION and, half way to it, for its classes. */
static void fetch_ahead(const struct stream *stream, size_t position)
{
	const struct language *language = stream->language;
	size_t last = stream_length(stream) - 1;
	const struct item *far = stream_item(stream, MIN(position + AHEAD, last));
	const struct item *near = stream_item(stream, MIN(position + AHEAD / 2, last));
	__builtin_prefetch(language_node(language, far->node));
	__builtin_prefetch(&language->meant[language_node(language, near->node)->first_class]);
}

/* The node of the single word at POSITION, NULL for none. */
static const struct node *word_node(const struct stream *stream, size_t position)
{
	if (!stream->language)
		return NULL;
	uint32_t node = stream_item(stream, position)->node;
	return node ? language_node(stream->language, node) : NULL;
}

/* What each word means by itself: a node for each token, 0 for none; g_free. The words of a language are more
 * than the near caches hold: they are asked for before they are looked at. */
static uint32_t *look_up(const struct stream *stream)
{
	const struct language *language = stream->language;
	guint length = stream->words.tokens->len;
	uint32_t *nodes = g_new0(uint32_t, length + 1);
	for (guint i = 0; language && i < length + AHEAD; i++) {
		if (i < length)
			word_index_fetch(
			    &language->index, word_key(0, 'w', words_token(&stream->words, i)->hash));
		if (i < AHEAD)
			continue;
		uint64_t hash = words_token(&stream->words, i - AHEAD)->hash;
		if (hash)
			nodes[i - AHEAD] = language_child(language, 0, 'w', hash);
		__builtin_prefetch(language_node(language, nodes[i - AHEAD]));
	}
	return nodes;
}

int64_t stream_number(const struct stream *stream, size_t position, size_t *length)
{
	*length = 1;
	const struct token *token = stream_token(stream, position);
	if (token->kind == TOKEN_NUMBER)
		return token->value;
	const struct node *node = word_node(stream, position);
	if (!node || token->kind != TOKEN_WORD)
		return -1;
	/* two words make one number: "vingt cinq", "twenty five" */
	if (node->number >= 20 && node->number % 10 == 0 && position + 1 < stream_length(stream)) {
		const struct node *unit = word_node(stream, position + 1);
		if (unit && unit->number > 0 && unit->number < 10 &&
		    stream_item(stream, position + 1)->sentence == stream_item(stream, position)->sentence) {
			*length = 2;
			return node->number + unit->number;
		}
	}
	return node->number;
}

int stream_month(const struct stream *stream, size_t position)
{
	const struct node *node = word_node(stream, position);
	return node ? node->month : 0;
}

int stream_weekday(const struct stream *stream, size_t position)
{
	const struct node *node = word_node(stream, position);
	return node ? node->weekday : 0;
}

/* "11h42", "14u30", "9h"; 11.42 may as well be a price. */
static bool is_hour(const struct stream *stream, const struct token *token)
{
	if (token->kind != TOKEN_CODE && token->kind != TOKEN_WORD)
		return false;
	const char *text = stream->words.text + token->start;
	guint64 hour = 0, minutes = 0;
	const char *end = text + (token->end - token->start), *at = text;
	while (at < end && at < text + 2 && g_ascii_isdigit(*at))
		hour = 10 * hour + (guint64)g_ascii_digit_value(*at++);
	if (at == text || at == end || !strchr("hHuU", *at++))
		return false;
	const char *rest = at;
	while (at < end && g_ascii_isdigit(*at))
		minutes = MIN(10 * minutes + (guint64)g_ascii_digit_value(*at++), 60);
	return at == end && (at == rest || at == rest + 2) && hour < 24 && minutes < 60;
}

static void annotate_values(struct stream *stream, size_t position)
{
	const struct token *token = stream_token(stream, position);
	if (is_hour(stream, token))
		stream_annotate(stream, position, CLASS_HOUR, 1);
	if (token->kind == TOKEN_WORD && !stream_item(stream, position)->node)
		return; /* most words are no number and no name of a day */
	size_t length;
	int64_t number = stream_number(stream, position, &length);
	if (number >= 0 && token->kind != TOKEN_CODE) {
		stream_annotate(stream, position, CLASS_NUMBER, length);
		/* "one" and "a" are seldom a day of a month */
		if (number >= 1 && number <= 31 &&
		    (token->kind == TOKEN_NUMBER || number > 1 || token->folded_length > 4))
			stream_annotate(stream, position, CLASS_DAY, length);
		if (number >= 1 && number <= 31 && token->kind == TOKEN_NUMBER)
			stream_annotate(stream, position, CLASS_DIGITS, 1);
		if (token->ordinal)
			stream_annotate(stream, position, CLASS_ORDINAL, 1);
		if (number >= 1990 && number < 2100)
			stream_annotate(stream, position, CLASS_YEAR, length);
	}
	if (stream_month(stream, position))
		stream_annotate(stream, position, CLASS_MONTH, 1);
	if (stream_weekday(stream, position))
		stream_annotate(stream, position, CLASS_WEEKDAY, 1);
	switch (token->kind) {
	case TOKEN_DATE:
		stream_annotate(stream, position, CLASS_NUMERIC_DATE, 1);
		break;
	case TOKEN_DECIMAL:
		stream_annotate(stream, position, CLASS_NUMERIC_DATE, 1);
		if (token->exponent == 2)
			stream_annotate(stream, position, CLASS_AMOUNT, 1);
		break;
	case TOKEN_AMOUNT:
		stream_annotate(stream, position, CLASS_AMOUNT, 1);
		break;
	case TOKEN_PERCENT:
		stream_annotate(stream, position, CLASS_PERCENT, 1);
		break;
	case TOKEN_CODE:
		stream_annotate(stream, position, CLASS_CODE, 1);
		if (token->month)
			stream_annotate(stream, position, CLASS_PACKED_DATE, 1);
		break;
	case TOKEN_MAIL:
		stream_annotate(stream, position, CLASS_MAIL, 1);
		break;
	case TOKEN_LINK:
		stream_annotate(stream, position, CLASS_LINK, 1);
		break;
	default:
		break;
	}
}

#define ITEM_BYTES 40 /* of the number that a list goes by */

/* "F2026-131: paid", "F2026-131 - paid": the line is about the document that it begins with. */
static bool begins_with_number(const char *text, size_t length)
{
	size_t end = 0, digits = 0, letters = 0;
	for (; end < length && end < ITEM_BYTES && !strchr(" \t\n:", text[end]); end++) {
		digits += g_ascii_isdigit(text[end]);
		letters += g_ascii_isalpha(text[end]);
	}
	size_t sign = end;
	while (sign < length && text[sign] == ' ')
		sign++;
	if (digits < 2 || (letters == 0 && digits < 4) || sign + 1 >= length || text[sign + 1] != ' ')
		return false;
	return text[sign] == ':' || (text[sign] == '-' && sign > end);
}

/* A line end inside a sentence: the line was full and the next one goes on. */
static bool is_soft_line(const struct stream *stream, const struct token *line, size_t line_start)
{
	if (line->mark != 'l')
		return false;
	size_t width = line->start - line_start;
	size_t next = line->end;
	while (next < stream->words.length && strchr(" \t\r", stream->words.text[next]))
		next++;
	if (next >= stream->words.length)
		return false;
	unsigned char byte = (unsigned char)stream->words.text[next];
	if (strchr("-*+", byte))
		return false; /* an item of a list */
	if (begins_with_number(stream->words.text + next, stream->words.length - next))
		return false;
	bool small = g_ascii_islower((gchar)byte) || byte == 0xC3;
	return width >= 50 || (small && width >= 25);
}

/* Whether a capital letter, or what opens a question in Spanish, stands at TEXT. */
static bool opens_sentence(const char *text, size_t length)
{
	unsigned char first = length > 0 ? (unsigned char)text[0] : 0;
	unsigned char second = length > 1 ? (unsigned char)text[1] : 0;
	return g_ascii_isupper((gchar)first) ||
	       (first == 0xC3 && second >= 0x80 && second <= 0x9E && second != 0x97) || /* U+00C0 to U+00DE */
	       (first == 0xC2 && (second == 0xBF || second == 0xA1));			/* ¿ ¡ */
}

static bool is_month(const struct stream *stream, const uint32_t *nodes, size_t token)
{
	return token < stream->words.tokens->len && nodes[token] &&
	       language_node(stream->language, nodes[token])->month;
}

/* The point ends the sentence in "by December 10. Thanks", where it does not in "1. Thanks", nor in "on 15.
 * May".
 */
static bool another_begins_behind(const struct stream *stream, const uint32_t *nodes, size_t point)
{
	const struct words *words = &stream->words;
	if (point < 2 || words_token(words, point - 2)->kind == TOKEN_LINE ||
	    (is_month(stream, nodes, point + 1) && !is_month(stream, nodes, point - 2)))
		return false;
	size_t end = words_token(words, point)->end, next = end;
	while (next < words->length && words->text[next] == ' ')
		next++;
	return next > end && opens_sentence(words->text + next, words->length - next);
}

static bool is_abbreviation(const struct stream *stream, const uint32_t *nodes, size_t token)
{
	if (token == 0)
		return false;
	const struct token *before = words_token(&stream->words, token - 1);
	if (before->kind == TOKEN_NUMBER && before->ordinal)
		return !stream->language || stream->language->ordinal_points ||
		       !another_begins_behind(stream, nodes, token);
	if (before->kind != TOKEN_WORD || before->end != words_token(&stream->words, token)->start)
		return false;
	if (before->folded_length == 1)
		return true;
	uint32_t node = nodes[token - 1];
	if (!node)
		return false;
	if (token + 1 < stream->words.tokens->len &&
	    (language_node(stream->language, node)->month ||
		(language_node(stream->language, node)->weekday && before->folded_length < 5)) &&
	    (words_token(&stream->words, token + 1)->kind == TOKEN_NUMBER ||
		words_token(&stream->words, token + 1)->kind == TOKEN_DATE))
		return true; /* "Oct. 2", "Mon. 15th" */
	return language_word_is(stream->language, node, stream->lexicon->known[KNOWN_ABBREVIATION]);
}

static bool ends_sentence(const struct stream *stream, const uint32_t *nodes, size_t index, size_t line_start)
{
	const struct token *token = words_token(&stream->words, index);
	if (token->kind == TOKEN_LINE)
		return !is_soft_line(stream, token, line_start);
	switch (token->mark) {
	case '!':
	case '?':
	case ';':
	case '|':
		return true;
	case '.':
		if (token->end < stream->words.length &&
		    !strchr(" \t\r\n\"')", stream->words.text[token->end]) &&
		    (unsigned char)stream->words.text[token->end] < 0x80)
			return false;
		return !is_abbreviation(stream, nodes, index);
	default:
		return false;
	}
}

static void close_sentence(struct stream *stream, uint32_t first, bool question, bool exclamation)
{
	struct sentence sentence = {.first = first,
	    .end = (uint32_t)stream_length(stream),
	    .question = question,
	    .exclamation = exclamation};
	if (sentence.end > first)
		*ARRAY_PUSH(stream->sentences, &stream->sentence_room, struct sentence) = sentence;
	else if (question && stream->sentences->len > 0)
		g_array_index(stream->sentences, struct sentence, stream->sentences->len - 1).question = true;
}

/* Lines up the tokens that count; marks and line ends become boundaries. */
static void line_up(struct stream *stream)
{
	uint32_t *nodes = look_up(stream);
	uint32_t first = 0, line = 0;
	size_t line_start = 0;
	bool comma = false, quoted = false;
	for (guint i = 0; i < stream->words.tokens->len; i++) {
		const struct token *token = words_token(&stream->words, i);
		if (token->kind == TOKEN_LINE || token->kind == TOKEN_MARK) {
			if (ends_sentence(stream, nodes, i, line_start)) {
				close_sentence(stream, first, token->mark == '?', token->mark == '!');
				first = (uint32_t)stream_length(stream);
			}
			comma |= token->mark == ',' || token->mark == ':' || token->mark == '(' ||
				 token->mark == ')' || token->mark == '-' || token->mark == '=' ||
				 token->mark == '>';
			if (token->mark == '"')
				quoted = !quoted;
			if (token->kind == TOKEN_LINE) {
				line++;
				line_start = token->end;
				quoted &= token->mark != 'p';
			}
			continue;
		}
		/* there is room for as many items as tokens */
		g_array_index(stream->items, struct item, stream->items->len++) = (struct item){.token = i,
		    .sentence = stream->sentences->len,
		    .line = line,
		    .node = nodes[i],
		    .hash = token->hash,
		    .after_comma = comma,
		    .quoted = quoted};
		comma = false;
	}
	close_sentence(stream, first, false, false);
	g_free(nodes);
}

/* Takes the negations away that stand in a phrase which denies nothing ("without fail", "no later than"). */
static void drop_false_negations(struct stream *stream)
{
	class_id negation = stream->lexicon->known[KNOWN_NEGATION];
	class_id none = stream->lexicon->known[KNOWN_NO_NEGATION];
	size_t length = stream_length(stream);
	if (negation == CLASS_NONE || !stream_has_within(stream, 0, length, none))
		return;
	struct annotation *all = (struct annotation *)(void *)stream->annotations->data;
	bool *covered = g_new0(bool, length);
	for (guint i = 0; i < stream->annotations->len; i++)
		if (all[i].class == none)
			memset(covered + all[i].position, 1, all[i].length);
	guint kept = 0;
	for (guint i = 0; i < stream->annotations->len; i++)
		if (all[i].class != negation || !covered[all[i].position])
			all[kept++] = all[i];
	stream->annotations->len = kept;
	uint64_t *row = stream->watched + stream->lexicon->watched[negation] * stream->row;
	for (size_t i = 0; i < length; i++)
		row[i / 64] &= ~((uint64_t)covered[i] << (i % 64));
	count_all(all, kept, (uint32_t *)(void *)stream->starts->data, length);
	g_free(covered);
}

/* What all words mean, position by position. */
static void annotate_all(struct stream *stream)
{
	uint32_t *starts = (uint32_t *)(void *)stream->starts->data;
	starts[0] = 0;
	for (size_t i = 0; i < stream_length(stream); i++) {
		if (stream->language) {
			fetch_ahead(stream, i);
			walk(stream, i, i, 0, 0);
		}
		annotate_values(stream, i);
		starts[i + 1] = stream->annotations->len;
	}
	note_watched(stream, 0);
	drop_false_negations(stream);
	stream->sorted = stream->annotations->len;
}

void stream_of_words(struct stream *stream, const struct lexicon *lexicon, const struct language *language,
    const struct words *words)
{
	*stream = (struct stream){.lexicon = lexicon, .language = language, .words = *words};
	stream->items = g_array_sized_new(FALSE, FALSE, sizeof(struct item), stream->words.tokens->len);
	stream->room = 12 * stream->words.tokens->len; /* mostly enough */
	stream->annotations = g_array_sized_new(FALSE, FALSE, sizeof(struct annotation), stream->room);
	stream->sentences = g_array_new(FALSE, FALSE, sizeof(struct sentence));
	stream->clauses = g_array_new(FALSE, FALSE, sizeof(struct clause));
	line_up(stream);
	stream->starts = g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), stream->items->len + 1);
	g_array_set_size(stream->starts, stream->items->len + 1);
	stream->row = stream_length(stream) / 64 + 1;
	stream->watched = g_new0(uint64_t, WATCHED_ROWS * stream->row);
	annotate_all(stream);
}

void stream_init(struct stream *stream, const struct lexicon *lexicon, const struct language *language,
    const char *text, size_t length, size_t limit)
{
	struct words words;
	words_init(&words, &lexicon->number_words, text, length, limit);
	stream_of_words(stream, lexicon, language, &words);
}

void stream_clear(struct stream *stream)
{
	words_clear(&stream->words);
	g_array_free(stream->items, TRUE);
	g_array_free(stream->annotations, TRUE);
	g_array_free(stream->starts, TRUE);
	g_array_free(stream->sentences, TRUE);
	g_array_free(stream->clauses, TRUE);
	g_free(stream->watched);
}

char *stream_span(const struct stream *stream, size_t first, size_t end)
{
	if (first >= end)
		return g_strdup("");
	size_t start = stream_token(stream, first)->start;
	size_t stop = stream_token(stream, end - 1)->end;
	char *span = g_strndup(stream->words.text + start, stop - start);
	for (char *at = span; *at; at++)
		if (*at == '\n' || *at == '\r' || *at == '\t')
			*at = ' ';
	return span;
}
