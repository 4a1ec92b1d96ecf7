/* Who owes an outgoing invoice: the customer and the contacts, learnt from the envelope. */
#ifndef RELANCE_CLERK_DEBTOR_H
#define RELANCE_CLERK_DEBTOR_H

#include "clerk/intake.h"

/* Whether many unrelated people have addresses in DOMAIN: it tells nothing about a customer. */
bool debtor_is_public_provider(const char *domain);
/* Whether anybody outside our own domains gets the message. */
bool debtor_has_recipients(const struct ledger *ledger, const struct intake *intake);
/* The customer of INVOICE, known or opened now, with the message's recipients as contacts. */
bool debtor_of_invoice(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, const struct invoice *invoice, int64_t *customer, struct error *error);
bool debtor_learn_contacts(
    struct ledger *ledger, const struct intake *intake, int64_t customer, struct error *error);

#endif
