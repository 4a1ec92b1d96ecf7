/*
 * A text as the rules see it: words and numbers in a row without marks and line ends, with the classes that
 * each (or a phrase that begins there) belongs to, cut into sentences and clauses with what weakens them.
 */
#ifndef RELANCE_LANGUAGE_STREAM_H
#define RELANCE_LANGUAGE_STREAM_H

#include "base/base.h"
#include "language/lexicon.h"
#include "language/words.h"

struct item {
	uint32_t token;
	uint32_t sentence;
	uint32_t clause;
	uint32_t line;
	uint32_t node; /* what the word means by itself (a node of the language), 0: nothing */
	uint64_t hash; /* of the comparable form of the word */
	bool after_comma;
	bool quoted; /* between quotation marks */
};

struct annotation {
	uint32_t position;
	class_id class;
	uint8_t length; /* items, SPAN_MAX at most */
	uint8_t uses;	/* of its class in the language: enum class_use together */
};

struct sentence {
	uint32_t first, end; /* items */
	bool question;
	bool exclamation;
	bool condition; /* one of its clauses is a condition */
};

struct clause {
	uint32_t first, end;
	uint32_t sentence;
	bool negated;
	bool conditional; /* begins with a condition */
	bool consequence; /* another clause of the sentence is a condition */
	bool reported;
	bool unreal;	/* says what would have happened */
	bool of_others; /* speaks of somebody else than the writer */
};

struct stream {
	const struct lexicon *lexicon;
	const struct language *language;
	struct words words;
	GArray *items;
	GArray *annotations; /* sorted by position after stream_sort */
	guint room;	     /* annotations that the array can hold */
	guint sorted;	     /* so many of them were sorted before */
	uint64_t *watched;   /* a row of bits, one a position, of each class that is watched
				(language/lexicon.h); row 0 is of no class */
	size_t row;	     /* elements in one */
	GArray *starts;	     /* position -> first annotation (uint32); one more at the end */
	GArray *sentences;
	guint sentence_room; /* sentences that the array can hold */
	GArray *clauses;
	guint clause_room;
};

/* TEXT must outlive STREAM. LANGUAGE may be NULL: then nothing but built-in classes is found. */
void stream_init(struct stream *stream, const struct lexicon *lexicon, const struct language *language,
    const char *text, size_t length, size_t limit);
/* Of WORDS, which the stream takes over, in their place. */
void stream_of_words(struct stream *stream, const struct lexicon *lexicon, const struct language *language,
    const struct words *words);
void stream_clear(struct stream *stream);

static inline const struct item *stream_item(const struct stream *stream, size_t position)
{
	return &g_array_index(stream->items, struct item, position);
}

static inline const struct token *stream_token(const struct stream *stream, size_t position)
{
	return words_token(&stream->words, stream_item(stream, position)->token);
}

static inline const struct clause *stream_clause(const struct stream *stream, size_t index)
{
	return &g_array_index(stream->clauses, struct clause, index);
}

static inline const struct sentence *stream_sentence(const struct stream *stream, size_t index)
{
	return &g_array_index(stream->sentences, struct sentence, index);
}

static inline size_t stream_length(const struct stream *stream)
{
	return stream->items->len;
}

/* Adds CLASS, which is built in, and all classes around it that the language has a use for; seen after the
 * next stream_sort. */
void stream_annotate(struct stream *stream, size_t position, class_id class, size_t length);
void stream_sort(struct stream *stream);

#define CHOSEN 32

/* Those of the first COUNT annotations of ALL, at most CHOSEN, whose classes have a USE; returns their
 * number. Without a branch, as nobody can foresee which they are. */
static inline uint32_t annotations_of_use(
    const struct annotation *all, uint32_t count, enum class_use use, const struct annotation *chosen[CHOSEN])
{
	uint32_t number = 0;
	for (uint32_t i = 0; i < count; i++) {
		chosen[number] = &all[i];
		number += (all[i].uses & use) != 0;
	}
	return number;
}

/* The row of a class that is watched; NULL for any other. */
static inline const uint64_t *stream_watched(const struct stream *stream, class_id class)
{
	size_t row = class < stream->lexicon->class_names->len ? stream->lexicon->watched[class] : 0;
	return row ? stream->watched + row * stream->row : NULL;
}

static inline bool stream_has(const struct stream *stream, size_t position, class_id class)
{
	const uint64_t *watched = stream_watched(stream, class);
	if (watched)
		return watched[position / 64] >> (position % 64) & 1;
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	const struct annotation *all = (const struct annotation *)(const void *)stream->annotations->data;
	for (uint32_t i = starts[position]; i < starts[position + 1]; i++)
		if (all[i].class == class)
			return true;
	return false;
}

/* A CLASS anywhere in [FIRST, END). */
bool stream_has_within(const struct stream *stream, size_t first, size_t end, class_id class);
/* The length in items of a word or phrase of CLASS that ends right before POSITION, in the same sentence; 0
 * for none. */
size_t stream_ends_before(const struct stream *stream, size_t position, class_id class);
/* Finds the ends of clauses and what weakens them: after the last annotation. */
void stream_find_clauses(struct stream *stream);

/* The length in items of the longest (or shortest) match of a sequence that begins at POSITION and ends by
 * LIMIT; 0: none. */
size_t stream_match(
    const struct stream *stream, const struct pattern *pattern, size_t position, size_t limit, bool longest);

/* The number that a word or phrase at POSITION means, -1 for none; LENGTH gets its items. */
int64_t stream_number(const struct stream *stream, size_t position, size_t *length);
int stream_month(const struct stream *stream, size_t position);
int stream_weekday(const struct stream *stream, size_t position);

/* The text from the first to the last item of a range, on one line; heap, g_free. */
char *stream_span(const struct stream *stream, size_t first, size_t end);

#endif
