/*
 * What only the configuration and the books can tell about an invoice on its way out, beside what the
 * document itself shows (document/preflight.h). Words of `warnings`: iban_not_ours (an account that the
 * company does not name as its own), duplicate_number (the number went out before with another content),
 * recipient_without_domain. Nothing of it stops the mail.
 */
#ifndef RELANCE_CLERK_FINDINGS_H
#define RELANCE_CLERK_FINDINGS_H

#include "clerk/intake.h"

/* The reading of INTAKE with these findings among the warnings of its invoices: a new reference. NULL with
 * ERROR when the store failed. */
json_t *findings_in_reading(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, struct error *error);
/* An account in INVOICE that is wrong (mod 97) or not the company's; NULL where there is none. Borrowed. */
const char *findings_bad_iban(const struct company_config *company, const struct invoice *invoice);

#endif
