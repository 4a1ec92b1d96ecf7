/* Recording a message in the journal; shared by the ways in. */
#ifndef RELANCE_CLERK_RECORD_H
#define RELANCE_CLERK_RECORD_H

#include "clerk/intake.h"

struct record_facts {
	const char *company;
	bool is_verified;
	bool needs_review;
};

/* The message's id: its own, the one that the MTA adds, or NULL. Borrowed. */
const char *record_message_id(const struct intake *intake);
/* MESSAGE gets its id in the books; 0 when it was recorded before. Keeps its bytes and watches its
 * Message-ID. */
bool record_message(struct ledger *ledger, const struct intake *intake, const struct record_facts *facts,
    struct intake_result *result, int64_t *message, struct error *error);
void record_watch(struct intake_result *result, const char *message_id);

/* Mail between us and our own people. TAKEN: it was such, and nothing else is to be done with it. */
bool intake_own(struct ledger *ledger, const struct intake *intake, struct intake_result *result, bool *taken,
    struct error *error);
/* The two ways in. */
bool intake_outgoing(
    struct ledger *ledger, const struct intake *intake, struct intake_result *result, struct error *error);
bool intake_incoming(
    struct ledger *ledger, const struct intake *intake, struct intake_result *result, struct error *error);

#endif
