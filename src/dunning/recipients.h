/* To whom a reminder goes. */
#ifndef RELANCE_DUNNING_RECIPIENTS_H
#define RELANCE_DUNNING_RECIPIENTS_H

#include "dunning/chase.h"

/*
 * Addresses (char *, owned by the array) for a reminder of this receivable: those that the invoice was sent
 * to and whoever of the customer answered last, without those known to be bad or gone; where none of them is
 * left, the other good contacts. Empty where there is none. NULL with ERROR. Never one of the company's own
 * addresses.
 */
GPtrArray *recipients_of(const struct chase *chase, struct error *error);

#endif
