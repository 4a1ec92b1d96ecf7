/*
 * Mails to our own people: the digest, and answers to the orders that they give by mail. They go the way of
 * the reminders: journalled first, then given to sendmail(1) once, whatever dies when.
 */
#ifndef RELANCE_DUNNING_NOTICE_H
#define RELANCE_DUNNING_NOTICE_H

#include "dunning/plan.h"
#include "store/rows_notice.h"

/* All borrowed. */
struct notice_draft {
	const struct company_config *company; /* who writes: its "from" */
	const char *kind;		      /* digest, answer */
	const char *message_id;		      /* of the caller's choosing, deterministic */
	const char *recipients;		      /* separated by spaces */
	const char *in_reply_to;	      /* of an answer; else NULL */
	const char *subject, *text;
	const char *html; /* NULL: text alone */
};

/* The mail's bytes (RFC 5322, LF line ends). g_bytes_unref. */
GBytes *notice_compose(
    const struct ledger *ledger, const struct dunning_site *site, const struct notice_draft *draft);
/* Keeps it and puts it into the journal, ready to go; the same Message-ID twice changes nothing. */
bool notice_put(struct ledger *ledger, const struct dunning_site *site, const struct notice_draft *draft,
    struct error *error);
/* "<relance.KIND.HASH@DOMAIN>", HASH of WHAT. g_free. */
char *notice_message_id(const struct company_config *company, const char *kind, const char *what);
/* Submits what is ready, unless sending is off or paused, and finds out what became of what a crash left
 * "submitting". Owns its transactions. DONE grows by what was submitted. */
bool notice_tick(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, int64_t *done, struct error *error);
/* A mail of ours passed the front. IS_OURS tells whether it is a notice. In the caller's transaction. */
bool notice_seen(struct ledger *ledger, const char *message_id, bool *is_ours, struct error *error);

#endif
