/*
 * What people decided about mails, as examples; and what the site could learn from them. For `relance learn`
 * (learn.c). learn_examples.c loads, learn_words.c finds the words, learn_trial.c reads all of it with and
 * without what is proposed, learn_files.c keeps what is adopted.
 */
#ifndef RELANCE_RELANCE_LEARN_H
#define RELANCE_RELANCE_LEARN_H

#include "relance/session.h"

#include "language/intent.h"

/* One mail with the meaning that it ought to be read with. */
struct learn_example {
	char *id;     /* the message's number, or the name in the sample */
	bool is_kept; /* decided here; else of the shipped sample */
	enum intent_kind meaning;
	char *value;  /* reason, thing; or NULL */
	char *words;  /* that the person named; or NULL */
	char *who;    /* who decided */
	char *from;   /* the author's address, or NULL */
	GBytes *mail; /* its bytes */
	char *text;   /* the new text */
	char *span;   /* the words that the reading rested on, or NULL */
	char language[3];
	enum intent_kind before, after; /* as read without and with the proposals */
	int confidence_before, confidence_after;
};

/* One statement that could be learnt. */
struct learn_proposal {
	const struct learn_example *example; /* the first that asks for it; borrowed */
	GPtrArray *words;		     /* of char *, "" for something with digits */
	char *from;			     /* whose words, or NULL */
	bool in_any_scope;		     /* questions, negations ... do not weaken it */
	char language[3];
	int examples; /* how many kept ones say so */
	bool is_refused;
	char *refusal; /* why */
};

/* The kept examples, the last decision about each mail; then the sample. Of struct learn_example *; free with
 * g_ptr_array_unref. NULL with ERROR. SAMPLE: its file. */
GPtrArray *learn_examples(struct session *session, const char *sample, struct error *error);
/* What would make the kept examples read as people decided: of struct learn_proposal *. Examples have
 * been read (before). */
GPtrArray *learn_proposals(const struct config *config, const GPtrArray *examples);
/* Whether its words stand in the text of EXAMPLE, which is of its language and from whom it is about. */
bool learn_concerns(const struct learn_proposal *proposal, const struct learn_example *example);
/* The line of a lexicon: "learnt paid sure = c est lancé"; g_free. */
char *learn_statement(const struct learn_proposal *proposal);

/*
 * Reads all EXAMPLES with the site's lexicons as they are (PROPOSALS NULL: fills before) or with what is
 * proposed and not refused (fills after).
 */
bool learn_trial(
    struct session *session, const GPtrArray *examples, const GPtrArray *proposals, struct error *error);

/* Appends to the learnt-CODE.lexicon files of the site as one adoption. COUNT gets the statements. */
bool learn_adopt(struct session *session, const GPtrArray *proposals, int *count, struct error *error);
/* Takes the last adoption out of them again. COUNT gets the statements, 0 where there was none. */
bool learn_undo(struct session *session, int *count, struct error *error);
/* The name of the site's file of a language; g_free. */
char *learn_file_name(const char *language);

#endif
