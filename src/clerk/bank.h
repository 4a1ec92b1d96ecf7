/*
 * Accounts in outgoing mail. Whoever has got hold of a mailbox of ours announces another account or changes
 * the one on the invoice: no such account is ever printed in a reminder, and a person is asked.
 */
#ifndef RELANCE_CLERK_BANK_H
#define RELANCE_CLERK_BANK_H

#include "clerk/intake.h"

/* The invoice's account that the company's configuration has, too, or its first one where the configuration
 * has none; NULL. Borrowed of INVOICE. */
const char *bank_account_of(const struct company_config *company, const struct invoice *invoice);
/* Opens a task where a mail of ours speaks of changed bank details. The same words with the same accounts are
 * asked about once: a company that really changes its bank says so in every mail. */
bool bank_question_mail(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, int64_t customer, int64_t receivable, int64_t message, struct error *error);

#endif
