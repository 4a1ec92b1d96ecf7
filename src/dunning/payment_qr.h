/*
 * The payment as a QR code that banking applications read: EPC069-12 ("Quick Response Code: Guidelines to
 * Enable Data Capture for the Initiation of a SEPA Credit Transfer"), version 002. Pure.
 */
#ifndef RELANCE_DUNNING_PAYMENT_QR_H
#define RELANCE_DUNNING_PAYMENT_QR_H

#include "base/base.h"
#include "base/buffer.h"
#include "base/money.h"

struct payment_qr {
	const char *name; /* of who is paid; cut to 70 characters */
	const char *iban; /* without spaces */
	const char *bic;  /* "" or NULL: none */
	struct money amount;
	const char
	    *reference; /* "RF…" (ISO 11649) goes where a creditor reference belongs, other words as text */
};

/* The code's content. False where there can be none: not in euros, an amount out of range, no account. */
bool payment_qr_text(const struct payment_qr *payment, struct buffer *text);
/* TEXT as a PNG picture, error correction M, with its quiet zone; appended. False where it is too long. */
bool payment_qr_png(const char *text, struct buffer *png);
/*
 * The structured creditor reference (ISO 11649) of NUMBER: "RF", two check digits (ISO 7064 MOD 97-10), the
 * number's letters and digits in capitals. False where these are none or more than 21; TEXT is left then.
 */
#define CREDITOR_REFERENCE_SIZE 26
bool creditor_reference_make(const char *number, char text[CREDITOR_REFERENCE_SIZE]);
/* Whether TEXT is a creditor reference with right check digits. */
bool creditor_reference_is_valid(const char *text);

#endif
