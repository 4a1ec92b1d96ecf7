#include "base/base.h"

#include "language/detect.h"
#include "language/words.h"

#define DETECT_BYTES 1500 /* enough to tell */
#define PLAIN_WEIGHT 4	  /* a function word */
#define WORD_WEIGHT  2	  /* a word of the trade */

static void count_words(
    const struct lexicon *lexicon, const char *text, size_t length, long *scores, int weight)
{
	struct words words;
	words_init(&words, &lexicon->number_words, text, length, DETECT_BYTES);
	for (guint i = 0; i < words.tokens->len; i++) {
		const struct token *token = words_token(&words, i);
		if (token->kind != TOKEN_WORD || token->folded_length == 0)
			continue;
		uint64_t hash = word_hash(words_folded(&words, i), token->folded_length);
		size_t having[LANGUAGES_MAX], count = 0;
		int found[LANGUAGES_MAX], total = 0;
		for (size_t k = 0; k < lexicon->language_count; k++) {
			const struct language *language = lexicon->languages[k];
			uint32_t node = language_child(language, 0, 'w', hash);
			if (!node || node >= language->own_nodes)
				continue;
			found[count] = language_node(language, node)->plain ? PLAIN_WEIGHT : WORD_WEIGHT;
			total += found[count];
			having[count++] = k;
		}
		/* a word that several languages have says less for each */
		for (size_t k = 0; k < count; k++)
			scores[having[k]] += weight * 12 * found[k] * found[k] / total;
	}
	words_clear(&words);
}

const struct language *language_detect(
    const struct lexicon *lexicon, const char *text, size_t length, const char *subject)
{
	long scores[LANGUAGES_MAX] = {0};
	count_words(lexicon, text, length, scores, 8);
	if (subject)
		count_words(lexicon, subject, strlen(subject), scores, 1);
	const struct language *best = NULL;
	long most = 0;
	for (size_t i = 0; i < lexicon->language_count; i++)
		if (scores[i] > most) {
			most = scores[i];
			best = lexicon->languages[i];
		}
	return best;
}
