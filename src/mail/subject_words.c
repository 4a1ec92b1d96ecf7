#include "base/base.h"
#include "mail/subject_words.h"

#include "mail/folded.h"
#include "mail/quoted_header.h"

/* Longer subjects are cut. */
#define SUBJECT_MAX 400

/* What gateways put in front. */
static const char *const tags[] = {"[ext]", "[extern]", "[external]", "[externe]", "[externo]", "[esterno]",
    "[external email]", "[spam]", "[bulk]", "***spam***", "external:"};

/* Between a subject and what is added to it. */
static const char *const separators[] = {" - ", " – ", " — ", " / ", " // ", " | ", " -> ", " => ", " > ",
    " >> ", " … ", " ... ", " : ", "! ", " ("};

static bool has_letters(const char *text)
{
	unsigned letters = 0;
	for (const char *at = text; *at; at = g_utf8_next_char(at))
		letters += g_unichar_isalpha(g_utf8_get_char(at)) != 0;
	return letters >= 2;
}

/* White space, no-break spaces among it, as single blanks; g_free. */
static char *collapsed(const char *text)
{
	GString *out = g_string_new(NULL);
	char *valid = g_utf8_make_valid(text, (gssize)strnlen(text, SUBJECT_MAX));
	for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		bool is_blank = g_unichar_isspace(character) || character == 0xa0;
		if (!is_blank)
			g_string_append_unichar(out, character);
		else if (out->len && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	g_free(valid);
	return g_strchomp(g_string_free(out, FALSE));
}

/* How many bytes PHRASE takes at TEXT in any case, or 0; PHRASE is in lower case. */
static size_t phrase_at(const char *text, const char *phrase)
{
	const char *at = text;
	for (; *phrase; phrase = g_utf8_next_char(phrase), at = g_utf8_next_char(at))
		if (!*at || g_unichar_tolower(g_utf8_get_char(at)) != g_utf8_get_char(phrase))
			return 0;
	return (size_t)(at - text);
}

/* Longer words stand before no colon of a prefix. */
#define PREFIX_MAX 40

/* "re[2] ", "re (2)", "re^2": cut behind the word. */
static void drop_count(char *head)
{
	size_t length = strlen(head);
	bool is_in_brackets = length && strchr("])", head[length - 1]);
	length -= is_in_brackets;
	while (length && strchr(is_in_brackets ? "0123456789" : "0123456789^ ", head[length - 1]))
		length--;
	if (is_in_brackets && length && strchr("[(", head[length - 1]))
		length--;
	head[length] = '\0';
	g_strchomp(head);
}

/* How many bytes "Re[2] : " takes at TEXT, or 0; the word has at least SHORTEST. */
static size_t prefix_at(const struct mail_words *phrases, const char *text, size_t shortest)
{
	const struct phrases *prefixes = &phrases->phrases[MAIL_REPLY];
	const char *wide = strstr(text, WIDE_COLON);
	size_t length = strcspn(text, ":"), colon = 1;
	if (wide && (size_t)(wide - text) < length) {
		length = (size_t)(wide - text);
		colon = strlen(WIDE_COLON);
	}
	if (!text[length] || length > PREFIX_MAX)
		return 0;
	char *head = plain_words(text, length);
	drop_count(head);
	bool found = false;
	for (size_t i = 0; i < prefixes->count && !found; i++)
		found = !strcmp(prefixes->list[i], head);
	found = found && strlen(head) >= shortest;
	g_free(head);
	return found ? length + colon + strspn(text + length + colon, " ") : 0;
}

/* "[Ticket#118]", "[ACME-12]" in front: a machine's. */
static size_t ticket_at(const char *text)
{
	if (*text != '[')
		return 0;
	size_t length = strcspn(text, "]");
	bool is_ticket = text[length] && strcspn(text, "0123456789#") < length;
	return is_ticket ? length + 1 + strspn(text + length + 1, " ") : 0;
}

static size_t tag_at(const char *text)
{
	for (size_t i = 0; i < ARRAY_LENGTH(tags); i++) {
		size_t length = phrase_at(text, tags[i]);
		if (length)
			return length + strspn(text + length, " ");
	}
	return ticket_at(text);
}

/* The subject behind all prefixes and tags. */
static const char *proper_of(const struct mail_words *phrases, const char *subject, bool *is_answer)
{
	*is_answer = false;
	for (size_t length = 1; length;) {
		subject += strspn(subject, " ");
		length = tag_at(subject);
		if (!length && (length = prefix_at(phrases, subject, 1)))
			*is_answer = true;
		subject += length;
	}
	return subject;
}

/* Where "RE: " stands behind other words, or NULL; "R: " of one letter only behind a dash. */
static const char *prefix_within(const struct mail_words *phrases, const char *text)
{
	for (const char *at = text; *at; at++) {
		bool is_word = at > text && strchr(" -/([|:>", at[-1]);
		bool is_apart = is_word && at - text > 2 && at[-1] == ' ' && strchr("-/|", at[-2]);
		if (is_word && prefix_at(phrases, at, is_apart ? 1 : 2))
			return at;
	}
	return NULL;
}

/* Without what separates at both ends; NULL where no words are left; g_free. */
static char *words_of(const char *text, size_t length)
{
	static const char *const edges[] = {
	    "-", "–", "—", ":", "|", "/", ">", "<", ",", ";", "(", ")", "[", "]", "=", "*", "…", " "};
	char *words = g_strndup(text, length);
	for (bool found = true; found;) {
		found = false;
		for (size_t i = 0; i < ARRAY_LENGTH(edges); i++) {
			size_t size = strlen(edges[i]), whole = strlen(words);
			if (g_str_has_prefix(words, edges[i])) {
				memmove(words, words + size, whole - size + 1);
				found = true;
			} else if (g_str_has_suffix(words, edges[i])) {
				words[whole - size] = '\0';
				found = true;
			}
		}
	}
	if (!has_letters(words))
		g_clear_pointer(&words, g_free);
	return words;
}

/* Whether the character at TEXT goes on with a word. */
static bool is_in_word(const char *text)
{
	return g_unichar_isalnum(g_utf8_get_char(text)) != 0;
}

/*
 * Whether the old subject, from AT to BEHIND in TEXT, goes on beyond what is known of it: our own ones do
 * behind a colon or a comma ("Invoice 118: payment expected by 25 March").
 */
static bool goes_on(const char *text, const char *at, const char *behind)
{
	bool is_within = (at > text && is_in_word(g_utf8_find_prev_char(text, at))) || is_in_word(behind);
	const char *sign = behind + strspn(behind, " ");
	return is_within || *sign == ',' || strchr(behind, ':') || memchr(text, ':', (size_t)(at - text));
}

/* What stands around the old subject in the new one. */
struct surroundings {
	char *words; /* NULL: nothing */
	bool are_doubtful;
};

/* False where ORIGINAL is not in TEXT. */
static bool around(const char *text, const char *original, struct surroundings *found)
{
	char *lower = lower_text(original, strlen(original));
	size_t length = 0;
	const char *at = text;
	while (*at && !(length = phrase_at(at, lower)))
		at = g_utf8_next_char(at);
	g_free(lower);
	if (!length)
		return false;
	char *before = words_of(text, (size_t)(at - text));
	char *behind = words_of(at + length, strlen(at + length));
	*found = (struct surroundings){
	    .words = before && behind ? g_strdup_printf("%s. %s", before, behind)
				      : g_strdup(before ? before : behind),
	    .are_doubtful = (before && behind) || goes_on(text, at, at + length),
	};
	g_free(behind);
	g_free(before);
	return true;
}

/* Whether TEXT is ORIGINAL or was cut short of it. */
static bool is_same(const char *text, const char *original)
{
	char *lower = lower_text(text, strlen(text));
	bool is_beginning = phrase_at(original, lower) > 0;
	g_free(lower);
	return is_beginning;
}

/* Beginnings of words of our kind; short ones are whole words. */
static bool is_dunning_word(const struct mail_words *phrases, const char *at)
{
	const struct phrases *words = &phrases->phrases[MAIL_DUNNING];
	for (size_t i = 0; i < words->count; i++)
		if (strlen(words->list[i]) <= 3 ? starts_with_word(at, words->list[i])
						: g_str_has_prefix(at, words->list[i]))
			return true;
	return false;
}

static bool is_of_dunning(const struct mail_words *phrases, const char *text)
{
	char *plain = plain_words(text, strlen(text));
	bool found = false;
	for (const char *at = plain; *at && !found; at++)
		found = (at == plain || strchr(" -/([|<>:;,.'\"", at[-1])) && is_dunning_word(phrases, at);
	g_free(plain);
	return found;
}

/* "Le Goff Joinery": two words or more, each with a capital and small letters. */
static bool is_name(const char *text)
{
	unsigned words = 0;
	for (const char *at = text; *at; at += strspn(at, " ")) {
		const char *next = g_utf8_next_char(at);
		bool is_single = *next == ' ' || !*next;
		if (!g_unichar_isupper(g_utf8_get_char(at)) || is_single ||
		    !g_unichar_islower(g_utf8_get_char(next)))
			return false;
		words++;
		at += strcspn(at, " ");
	}
	return words >= 2;
}

/* The end of a subject behind a separator, if it sounds like an addition and what is before like ours. */
static char *guess(const struct mail_words *phrases, const char *proper)
{
	for (const char *at = proper; *at; at++)
		for (size_t i = 0; i < ARRAY_LENGTH(separators); i++) {
			if (!g_str_has_prefix(at, separators[i]))
				continue;
			char *before = g_strndup(proper, (gsize)(at - proper));
			const char *behind = at + strlen(separators[i]);
			bool is_ours = is_of_dunning(phrases, before) || strpbrk(before, "0123456789");
			g_free(before);
			if (is_ours && !is_of_dunning(phrases, behind) && !is_name(behind))
				return words_of(behind, strlen(behind));
		}
	return NULL;
}

/* The subject in the header of the quoted mail, or NULL; g_free. */
static char *quoted_subject(const struct mail_words *phrases, const char *quoted)
{
	char *raw = quoted ? quoted_header_subject(phrases, quoted) : NULL,
	     *subject = raw ? collapsed(raw) : NULL;
	g_free(raw);
	return subject;
}

/* What is known of the old subject: nothing, that of a header in the quoted text, or the program's own word.
 */
struct originals {
	char *quoted;
	char *topic;
};

/* The longest says most; "" where none is known. */
static const char *longest_of(const struct mail_words *phrases, const struct originals *originals)
{
	bool unused;
	const char *quoted = originals->quoted ? proper_of(phrases, originals->quoted, &unused) : "";
	const char *topic = originals->topic ? proper_of(phrases, originals->topic, &unused) : "";
	return strlen(quoted) > strlen(topic) ? quoted : topic;
}

static bool is_known_as(const struct mail_words *phrases, const char *proper, const char *original)
{
	bool unused;
	const char *known = original ? proper_of(phrases, original, &unused) : "";
	return *known && is_same(proper, known);
}

/* Of an answer, whose subject is the old one with or without additions, or one of its own. */
static char *added_words(
    const struct mail_words *phrases, const char *proper, const struct originals *originals, bool *is_guess)
{
	const char *longest = longest_of(phrases, originals);
	struct surroundings found;
	*is_guess = true;
	if (is_known_as(phrases, proper, originals->topic) || is_known_as(phrases, proper, originals->quoted))
		return NULL;
	if (!*longest)
		return guess(phrases, proper);
	if (around(proper, longest, &found)) {
		*is_guess = found.are_doubtful || (found.words && is_of_dunning(phrases, found.words));
		return found.words;
	}
	return is_of_dunning(phrases, proper) ? NULL : words_of(proper, strlen(proper));
}

/* "Paid yesterday - RE: Invoice 118": what stands before WITHIN, if it is not a part of the old subject. */
static char *words_before(const struct mail_words *phrases, const char *proper, const char *within,
    const struct originals *originals, bool *is_guess)
{
	char *words = words_of(proper, (size_t)(within - proper));
	/* the topic may be the new subject's own */
	*is_guess = words && (is_of_dunning(phrases, words) || strchr(words, ':') ||
				 is_known_as(phrases, proper, originals->topic) ||
				 is_known_as(phrases, words, originals->topic) ||
				 is_known_as(phrases, words, originals->quoted));
	if (is_known_as(phrases, proper, originals->quoted))
		g_clear_pointer(&words, g_free);
	return words;
}

/*
 * Of a mail that is no answer by its header: its subject is its own, or ours, sent back or forwarded by a
 * program whose prefix is unknown. Ours have numbers, days or amounts and words of their kind.
 */
static char *own_words(const struct mail_words *phrases, const char *proper,
    const struct answered_mail *answered, const struct originals *originals, bool *is_guess)
{
	struct surroundings found;
	bool is_history = answered->quoted && has_letters(answered->quoted);
	*is_guess = is_history || is_of_dunning(phrases, proper) || strpbrk(proper, "0123456789:");
	if (is_known_as(phrases, proper, originals->quoted))
		return NULL;
	bool unused;
	const char *quoted = originals->quoted ? proper_of(phrases, originals->quoted, &unused) : "";
	if (*quoted && around(proper, quoted, &found))
		return found.words;
	return words_of(proper, strlen(proper));
}

/* A topic that is not the subject itself is that of an old mail. */
static bool is_other_topic(const struct mail_words *phrases, const char *proper, const char *topic)
{
	bool unused;
	const char *known = topic ? proper_of(phrases, topic, &unused) : "";
	return *known && !is_same(proper, known);
}

char *subject_words(const struct mail_words *phrases, const char *subject,
    const struct answered_mail *answered, bool *is_guess)
{
	char *line = collapsed(subject), *words = NULL;
	bool is_answer;
	const char *proper = proper_of(phrases, line, &is_answer), *within = prefix_within(phrases, proper);
	struct originals originals = {.quoted = quoted_subject(phrases, answered->quoted),
	    .topic = answered->topic ? collapsed(answered->topic) : NULL};
	is_answer = is_answer || answered->is_known || is_other_topic(phrases, proper, originals.topic);
	if (within)
		words = words_before(phrases, proper, within, &originals, is_guess);
	else if (is_answer)
		words = added_words(phrases, proper, &originals, is_guess);
	else
		words = own_words(phrases, proper, answered, &originals, is_guess);
	g_free(originals.topic);
	g_free(originals.quoted);
	g_free(line);
	return words;
}
