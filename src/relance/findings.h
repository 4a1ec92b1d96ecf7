/* Named checks and what they found: `doctor` and `check` print them. */
#ifndef RELANCE_RELANCE_FINDINGS_H
#define RELANCE_RELANCE_FINDINGS_H

#include "relance/session.h"

enum verdict { VERDICT_GOOD, VERDICT_NOTE, VERDICT_SKIPPED, VERDICT_BAD };

struct findings {
	GPtrArray *rows; /* of struct finding * */
	int bad;
};

/* In caller storage. */
void findings_init(struct findings *findings);
void findings_clear(struct findings *findings);
/* REMEDY: the lines to change, "" or NULL where there are none; both texts are copied. */
void findings_add(struct findings *findings, const char *check, enum verdict verdict, const char *remedy,
    const char *format, ...) PRINTF_LIKE(5, 6);
/* ALL: those that are good, too (machine forms always have them). Sets the session's answer to "no" when one
 * is bad. */
void findings_print(struct session *session, const struct findings *findings, bool all);

#endif
