/* What the readers of CII and UBL share: elements of a tree to the fields of an invoice. */
#ifndef RELANCE_DOCUMENT_STRUCTURED_H
#define RELANCE_DOCUMENT_STRUCTURED_H

#include "base/base.h"
#include "document/document.h"
#include "document/xml.h"

/* Reads data of either syntax; CURRENCY and INVOICE as below, REASON (a literal) as in document_read. */
enum document_outcome structured_read(
    const void *bytes, size_t length, const char *currency, struct invoice **invoice, const char **reason);

/* Whether REASON, of structured_read, tells that it is another message of the same family: an order, or one
 * of the life cycle. */
bool structured_is_other(const char *reason);

/*
 * The reader of each syntax: a new invoice from the tree, or NULL where its root is of another kind. CURRENCY
 * ("" or a code) counts where the tree names none.
 */
struct invoice *cii_read(const struct xml_tree *tree, const char *currency);
struct invoice *ubl_read(const struct xml_tree *tree, const char *currency);

/* The names of elements whose content is never asked for, NULL-terminated. */
extern const char *const structured_skip[];

/* A copy of the text at PATH, or NULL. */
char *structured_text(const struct xml_node *node, const char *path);
/* Sets an empty *FIELD from PATH; a field that is set stays. */
void structured_fill(char **field, const struct xml_node *node, const char *path);
/* YYYYMMDD or YYYY-MM-DD, whatever time or zone follows; DATE_NONE where there is none or it does not exist.
 */
date_t structured_date(const struct xml_node *node, const char *path);
/* XML Schema's decimal at PATH (NULL: of NODE itself), rounded to CURRENCY; MONEY_NONE where it is none or
 * CURRENCY is "". */
struct money structured_amount(const struct xml_node *node, const char *path, const char *currency);
/* BT-3 (UNTDID 1001). */
enum invoice_kind structured_kind(const char *type_code);
/* Whether that code (BT-3) is one of an invoice at all. */
bool structured_is_invoice_code(const char *type_code);
/* "EN16931", "XRECHNUNG" ... from the specification identifier BT-24, or NULL; a literal. */
const char *structured_profile(const char *specification);
/* Adds an account number without its spaces, once. */
void structured_add_iban(struct invoice *invoice, const char *text);
void structured_add_preceding(struct invoice *invoice, const char *text);
void structured_add_due_line(struct invoice *invoice, date_t date, struct money amount);
/* Computes the due date from BT-20 where no date is stated: the texts at PATH in all children of NODE called
 * NAME. */
void structured_due_by_terms(
    struct invoice *invoice, const struct xml_node *node, const char *name, const char *path);
/* Sorts the due lines, sets the due date, and gives a single line the whole payable amount. */
void structured_settle_due_lines(struct invoice *invoice);
/* Whether TEXT can be an address: one '@' with something on both sides and no space. */
bool structured_is_email(const char *text);

#endif
