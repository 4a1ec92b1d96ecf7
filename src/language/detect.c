#include "base/base.h"

#include "language/detect.h"
#include "language/words.h"

#define DETECT_BYTES 1500 /* enough to tell */
#define PLAIN_WEIGHT 4	  /* a function word */
#define WORD_WEIGHT  2	  /* a word of the trade */

static void count_words(const struct lexicon *lexicon, const struct words *words, long *scores, int weight)
{
	for (guint i = 0; i < words->tokens->len && words_token(words, i)->end <= DETECT_BYTES; i++) {
		const struct token *token = words_token(words, i);
		if (token->kind != TOKEN_WORD || token->folded_length == 0)
			continue;
		uint64_t tells = word_index_find(&lexicon->tells, word_key(0, 'w', token->hash));
		size_t having[LANGUAGES_MAX], count = 0;
		int found[LANGUAGES_MAX], total = 0;
		for (size_t k = 0; tells; k++, tells >>= WORD_TELLS) {
			if (!(tells & WORD_KNOWN))
				continue;
			found[count] = tells & WORD_PLAIN ? PLAIN_WEIGHT : WORD_WEIGHT;
			total += found[count];
			having[count++] = k;
		}
		/* a word that several languages have says less for each */
		for (size_t k = 0; k < count; k++)
			scores[having[k]] += weight * 12 * found[k] * found[k] / total;
	}
}

const struct language *language_detect(
    const struct lexicon *lexicon, const struct words *text, const struct words *subject)
{
	long scores[LANGUAGES_MAX] = {0};
	count_words(lexicon, text, scores, 8);
	count_words(lexicon, subject, scores, 1);
	const struct language *best = NULL;
	long most = 0;
	for (size_t i = 0; i < lexicon->language_count; i++)
		if (scores[i] > most) {
			most = scores[i];
			best = lexicon->languages[i];
		}
	return best;
}
