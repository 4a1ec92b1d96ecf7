/*
 * What the law asks of an invoice and is not there, and what does not add up; nothing of it stops an invoice.
 * The words are part of the interface (`missing` and `warnings` of the invoice object).
 *
 * missing: number, issue_date, due_date, currency, total, payable, seller_name, buyer_name (Directive
 * 2006/112/EC Art. 226; C. com. L441-9); seller_vat_id where tax is charged; of French sellers besides
 * penalty_rate, fixed_compensation and discount_terms (C. com. L441-9 I, D441-5; in structured invoices the
 * notes PMD, PMT and AAB of BR-FR-05). warnings: term_too_long (French sellers: beyond 60 days from the
 * invoice and beyond 45 days end of month, C. com. L441-10), due_before_issue, iban_checksum,
 * totals_do_not_add_up, due_lines_do_not_add_up; and from the readers: not_well_formed, currency_from_page,
 * amounts_conflict, pages_left_out (a long PDF), "embedded_file: NAME: WHY" (it could not be read).
 */
#ifndef RELANCE_DOCUMENT_PREFLIGHT_H
#define RELANCE_DOCUMENT_PREFLIGHT_H

#include "base/base.h"
#include "document/invoice.h"

/* The clauses that an invoice has beside its figures. */
struct clauses {
	bool penalty_rate;
	bool fixed_compensation;
	bool discount_terms;
};

/* Adds the clauses that TEXT (UTF-8) states in words. */
void clauses_from_text(struct clauses *clauses, const char *text);
/* Adds the one that a note of the subject CODE (UNTDID 4451) stands for; NULL is allowed. */
void clauses_from_code(struct clauses *clauses, const char *code);

/* Fills missing and warnings. */
void preflight(struct invoice *invoice, const struct clauses *clauses);

#endif
