/*
 * An invoice as its recipient got it. Terms are those of EN 16931 (BT-n). Every string is UTF-8, owned by the
 * struct, and NULL where the document does not say; amounts are MONEY_NONE, dates DATE_NONE. Nothing is ever
 * guessed.
 */
#ifndef RELANCE_DOCUMENT_INVOICE_H
#define RELANCE_DOCUMENT_INVOICE_H

#include "base/base.h"
#include "base/date.h"
#include "base/money.h"

#include <glib.h>

enum invoice_source {
	INVOICE_SOURCE_CII,
	INVOICE_SOURCE_UBL,
	INVOICE_SOURCE_PDF,
	INVOICE_SOURCE_HTML,
	INVOICE_SOURCE_TEXT
};
/* BT-3: 380 and its like, 381, 386, 384 */
enum invoice_kind {
	INVOICE_KIND_INVOICE,
	INVOICE_KIND_CREDIT_NOTE,
	INVOICE_KIND_PREPAYMENT,
	INVOICE_KIND_CORRECTIVE
};

struct party {
	char *name;	/* BT-27, BT-44 */
	char *legal_id; /* BT-30, BT-47: SIREN, SIRET, register number */
	char *vat_id;	/* BT-31, BT-48 */
	char *email;	/* BT-43, BT-58 */
};

struct due_line {
	date_t date;
	struct money amount;
};

struct invoice {
	enum invoice_source source;
	char *syntax;  /* "factur-x", "zugferd-1", "zugferd-2", "xrechnung", "ubl-2.1" or NULL */
	char *profile; /* "EN16931", "BASIC" ... or NULL */
	enum invoice_kind kind;
	char *number;		      /* BT-1 */
	date_t issue_date;	      /* BT-2 */
	date_t due_date;	      /* BT-9: the last of the due lines */
	char currency[CURRENCY_SIZE]; /* BT-5; "" where unknown, then all amounts are MONEY_NONE */
	struct money total;	      /* BT-112, with tax */
	struct money paid;	      /* BT-113 */
	struct money payable;	      /* BT-115 */
	struct money tax;	      /* BT-110 */
	struct money
	    withheld; /* what the customer keeps back of the total, by law or contract; for the pre-flight */
	struct party seller;
	struct party buyer;
	char *buyer_reference;	 /* BT-10 */
	char *order_number;	 /* BT-13 */
	char *contract_number;	 /* BT-12 */
	GPtrArray *preceding;	 /* of char *, BT-25; never NULL */
	char *payment_reference; /* BT-83 */
	GPtrArray *iban;	 /* of char *, BT-84, without spaces; never NULL */
	char *bic;		 /* BT-86 */
	GArray *due_lines;	 /* of struct due_line; never NULL */
	int confidence;		 /* thousandths, 0..1000 */
	char *layout;		 /* the taught layout that read it, or NULL */
	GPtrArray *missing;	 /* of char *, what the law asks for and is not there; never NULL */
	GPtrArray *warnings;	 /* of char *, findings of the pre-flight; never NULL */
};

/* An empty invoice of that source, kind invoice, confidence 1000. Heap; free with invoice_free (NULL is
 * allowed). */
struct invoice *invoice_new(enum invoice_source source);
void invoice_free(struct invoice *invoice);

/* What it is in the books: a correction (BT-3: 384) of a negative amount takes back what was asked before, so
 * it is a credit note to whoever gets it. */
enum invoice_kind invoice_booked_kind(const struct invoice *invoice);

/* The words of interfaces: "cii", "credit_note" ...; from_word returns false for a word that is none. */
const char *invoice_source_word(enum invoice_source source);
const char *invoice_kind_word(enum invoice_kind kind);
bool invoice_source_from_word(const char *word, enum invoice_source *source);
bool invoice_kind_from_word(const char *word, enum invoice_kind *kind);

#endif
