#include "unit.h"
#include "document/notation.h"
#include "document/terms.h"

static void dates_are_read_in_six_languages(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
		size_t used; /* 0: all of it */
	} rows[] = {
	    {"2026-03-12", "2026-03-12", 0},
	    {"2026-03-12T10:00:00", "2026-03-12", 10},
	    {"12.03.2026", "2026-03-12", 0},
	    {"12.3.26", "2026-03-12", 0},
	    {"12/03/2026", "2026-03-12", 0},
	    {"12-03-2026", "2026-03-12", 0},
	    {"12 / 03 / 2026", "2026-03-12", 0},
	    {"2026/03/12", "2026-03-12", 0},
	    {"03/25/2026", "2026-03-25", 0},
	    {"1er mars 2026", "2026-03-01", 0},
	    {"12 février 2026", "2026-02-12", 0},
	    {"12 févr. 2026", "2026-02-12", 0},
	    {"lundi 12 janvier 2026", "2026-01-12", 0},
	    {"12. März 2026", "2026-03-12", 0},
	    {"12. Mrz. 2026", "2026-03-12", 0},
	    {"March 12th, 2026", "2026-03-12", 0},
	    {"Mar 12, 2026", "2026-03-12", 0},
	    {"12-Mar-2026", "2026-03-12", 0},
	    {"12 de marzo de 2026", "2026-03-12", 0},
	    {"12 Sept. 2026", "2026-09-12", 0},
	    {"12 agosto 2026", "2026-08-12", 0},
	    {"12 mei 2026", "2026-05-12", 0},
	    {"12 maggio 2026, Genova", "2026-05-12", 14},
	    {"31.04.2026", "", 0},
	    {"12.03.2026.1", "", 0},
	    {"12.03", "", 0},
	    {"12 mar", "", 0},
	    {"12 marabout 2026", "", 0},
	    {"112.03.2026", "", 0},
	    {"2026-13-01", "", 0},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct date_text date;
		char text[DATE_TEXT_SIZE];
		size_t used = date_text_scan(rows[i].text, strlen(rows[i].text), &date);
		assert_string_equal(date_format(date.date, text), rows[i].expected);
		if (rows[i].expected[0] != '\0')
			assert_int_equal(used, rows[i].used != 0 ? rows[i].used : strlen(rows[i].text));
		else
			assert_int_equal(used, 0);
	}
}

static void a_date_that_can_be_read_in_two_orders_gives_both(void **state)
{
	(void)state;
	struct date_text date;
	char text[DATE_TEXT_SIZE];
	assert_int_equal(date_text_scan("03/04/2026", 10, &date), 10);
	assert_string_equal(date_format(date.date, text), "2026-04-03");
	assert_string_equal(date_format(date.swapped, text), "2026-03-04");
	assert_int_equal(date_text_scan("03.04.2026", 10, &date), 10);
	assert_int_equal(date.swapped, DATE_NONE);
	assert_int_equal(date_text_scan("03/25/2026", 10, &date), 10);
	assert_true(date.month_first);
}

static void terms_are_counted_from_the_invoice(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
	} rows[] = {
	    {"30 jours", "2026-02-14"},
	    {"Paiement à 30 jours net", "2026-02-14"},
	    {"45 jours fin de mois", "2026-03-31"},
	    {"30 jours fin de mois le 10", "2026-03-10"},
	    {"fin de mois + 30 jours", "2026-03-02"},
	    {"Paiement à réception de facture", "2026-01-15"},
	    {"30% d'acompte, solde à 30 j", "2026-02-14"},
	    {"net 30", "2026-02-14"},
	    {"2% 10 days, net 30", "2026-02-14"},
	    {"Payment due within 14 days", "2026-01-29"},
	    {"due on receipt", "2026-01-15"},
	    {"30 days end of month", "2026-02-28"},
	    {"Zahlbar innerhalb von 14 Tagen ohne Abzug", "2026-01-29"},
	    {"3% Skonto innerhalb 10 Tagen, 30 Tage netto", "2026-02-14"},
	    {"Zahlbar sofort ohne Abzug", "2026-01-15"},
	    {"a 30 días", "2026-02-14"},
	    {"pago al contado", "2026-01-15"},
	    {"30 gg d.f. f.m.", "2026-02-28"},
	    {"60 giorni fine mese", "2026-03-31"},
	    {"30 dagen netto", "2026-02-14"},
	    {"binnen 14 dagen na factuurdatum te voldoen", "2026-01-29"},
	    {"bonifico 30 gg d.f.f.m.", "2026-02-28"},
	    {"Pagamento: 30/60 gg fine mese", "2026-03-31"},
	    {"Pagamento: RIBA 60 GG FM +10", "2026-04-10"},
	    {"forma de pago: a 30, 60 y 90 días", "2026-04-15"},
	    {"Paiement à 30 jours le 20", "2026-02-20"},
	    {"Règlement à 30 jours fin de décade", "2026-02-20"},
	    {"Zahlbar bis zum 10. des Folgemonats", "2026-02-10"},
	    {"Payment by the 20th of the month following invoice", "2026-02-20"},
	    {"Payable within one month", "2026-02-15"},
	    {"Zahlbar innerhalb von zwei Wochen", "2026-01-29"},
	    {"Betalen binnen twee weken", "2026-01-29"},
	    {"Paiement à trente jours", "2026-02-14"},
	    {"Payment within thirty days", "2026-02-14"},
	    {"#SKONTO#TAGE=14#PROZENT=2.00#", ""},
	    {"Pénalités de retard après 30 jours", ""},
	    {"Skonto 2% bei Zahlung in 10 Tagen", ""},
	    {"Merci de votre confiance", ""},
	};
	date_t issue = date_from_parts(2026, 1, 15);
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct terms terms = terms_read(rows[i].text);
		char text[DATE_TEXT_SIZE];
		date_t due = terms.found ? terms_due_date(&terms, issue) : DATE_NONE;
		if (strcmp(date_format(due, text), rows[i].expected) != 0)
			print_message("%s\n", rows[i].text);
		assert_string_equal(text, rows[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dates_are_read_in_six_languages),
	    cmocka_unit_test(a_date_that_can_be_read_in_two_orders_gives_both),
	    cmocka_unit_test(terms_are_counted_from_the_invoice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
