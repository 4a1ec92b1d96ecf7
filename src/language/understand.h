/*
 * The door of this folder: the new text of a reply to language and intents. The lexicons are data
 * (conf/lexicon), loaded once from texts that the caller read; understanding is pure and deterministic.
 */
#ifndef RELANCE_LANGUAGE_UNDERSTAND_H
#define RELANCE_LANGUAGE_UNDERSTAND_H

#include "base/base.h"
#include "language/intent.h"
#include "mail/mail_words.h"

#include <glib.h>

struct lexicon; /* all languages; immutable after loading, shared by all messages */

struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon);
/*
 * Adds one lexicon file: NAME is for messages ("fr.lexicon"), TEXT its content. False: bad input, ERROR has
 * "NAME:LINE: what"; the lexicon may have what stood before that line, and lexicon_finish refuses it. Later
 * files extend and override earlier ones.
 */
bool lexicon_add(
    struct lexicon *lexicon, const char *name, const char *text, size_t length, struct error *error);
/* Takes the model, if any, that lexicon_add put into OTHER, which stays the caller's: so that one thread can
 * add a model, the largest of the files, while another adds the rest. */
void lexicon_take_model(struct lexicon *lexicon, struct lexicon *other);
/* To be called once after the last lexicon_add: builds the matchers. False where a file was bad. */
bool lexicon_finish(struct lexicon *lexicon, struct error *error);
/* What the files say of mails, for message_parse_with; as long as LEXICON lives. */
const struct mail_words *lexicon_mail_words(const struct lexicon *lexicon);

/* What is known around the words. Pointers are borrowed. */
struct understand_context {
	date_t sent;	/* civil date of the message in its own zone; DATE_NONE gives no relative dates */
	bool automatic; /* the message is an automatic reply or other automatic mail */
	const char *subject;	  /* may be NULL */
	const char *from_address; /* may be NULL */
	const char *quoted_text;  /* what our own mail said (numbers, amounts), only to resolve references and
				     shares; may  be NULL */
};

/* Thousandths: an intent that is less sure than the first is not told; one that is less sure than the second
 * is told beside the primary one, but is less likely than not. None is told that would go before the primary
 * one in the order of decision: the primary intent is the first of those told. */
#define UNDERSTAND_POSSIBLE 180
#define UNDERSTAND_LIKELY   500
/* For a promise or a payment whose day was found: who decides what is unsure wants to see the day. */
#define UNDERSTAND_POSSIBLE_ON_DAY 80
/* For an absence in an automatic reply that tells the day back, beside what it says of payments. */
#define UNDERSTAND_POSSIBLY_AWAY 50
/* From here on a promise or a payment counts that plain words state with its day. */
#define UNDERSTAND_STATED 40

struct understanding {
	char language[3]; /* "fr", "" where it cannot be told */
	enum intent_kind primary;
	int confidence;	   /* thousandths, of the primary intent */
	char *bank_change; /* the words that announce new bank details, in text or subject; NULL for none */
	GPtrArray *ibans;  /* of char *: account numbers in the text; never NULL */
	GPtrArray
	    *intents; /* of struct intent *, most important first; never empty: at least one INTENT_NONE */
};

/* Never fails; heap, free with understanding_free. */
struct understanding *understand(
    const struct lexicon *lexicon, const char *new_text, const struct understand_context *context);
void understanding_free(struct understanding *understanding);

/* What the statistical model sees of the same text (language/features.h), for training it; features_free. */
struct features;
struct features *understand_features(
    const struct lexicon *lexicon, const char *new_text, const struct understand_context *context);
/* The days that KIND may mean in the same text, of struct day_choice (language/day_choice.h) whose dates are
 * gone, for training; g_array_free. */
GArray *understand_days(const struct lexicon *lexicon, const char *new_text,
    const struct understand_context *context, enum intent_kind kind);

#endif
