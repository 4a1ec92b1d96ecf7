/* Which days the shipped lexicons read, and which of them is meant. */
#include "shipped.h"
#include "language/dates.h"
#include "language/day_order.h"

/* READING of TEXT has KIND with the day EXPECTED, for an absence the first one back; "": with none. */
static void assert_day(
    const struct understanding *reading, enum intent_kind kind, const char *text, const char *expected)
{
	const struct intent *intent = find(reading, kind);
	char day[DATE_TEXT_SIZE] = "no intent";
	if (intent)
		date_format(kind == INTENT_ABSENCE ? intent->until : intent->date, day);
	if (strcmp(day, expected) != 0)
		fail_msg("%s: %s", text, day);
}

/* The first day that is found in STREAM, of TEXT, is EXPECTED; "nothing": there is none. */
static void assert_first_day(
    struct stream *stream, const struct date_base *base, const char *text, const char *expected)
{
	GArray *dates = dates_find(stream, base);
	char day[DATE_TEXT_SIZE] = "nothing";
	if (dates->len > 0)
		date_format(g_array_index(dates, struct date_found, 0).forward, day);
	if (strcmp(day, expected) != 0)
		fail_msg("%s: %s", text, day);
	g_array_free(dates, TRUE);
}

static void days_are_reckoned_from_the_message(void **state)
{
	(void)state;
	/* sent on Tuesday, 17 March 2026 */
	static const struct {
		const char *text;
		const char *date;
	} rows[] = {
	    {"Nous paierons le 31 mars.", "2026-03-31"},
	    {"Nous paierons le 31/03.", "2026-03-31"},
	    {"Nous paierons fin de semaine.", "2026-03-20"},
	    {"Nous paierons sous 8 jours.", "2026-03-25"},
	    {"Nous paierons sous quinzaine.", "2026-04-01"},
	    {"Nous paierons avant le 15 avril.", "2026-04-14"},
	    {"Nous paierons d'ici le 15 avril.", "2026-04-15"},
	    {"Nous paierons fin de mois.", "2026-03-31"},
	    {"Nous paierons fin avril.", "2026-04-30"},
	    {"Nous paierons mi-avril.", "2026-04-15"},
	    {"Nous paierons début mai.", "2026-05-05"},
	    {"Nous paierons semaine 14.", "2026-04-03"},
	    {"Nous paierons demain.", "2026-03-18"},
	    {"Nous paierons vendredi.", "2026-03-20"},
	    {"Nous paierons la semaine prochaine.", "2026-03-27"},
	    {"Nous paierons dans trois semaines.", "2026-04-07"},
	    {"Nous paierons le 25.", "2026-03-25"},
	    {"Nous paierons le 5.", "2026-04-05"},
	    {"Wij betalen de factuur op de 25e.", "2026-03-25"},
	    {"Wij betalen de factuur vrijdagmiddag.", "2026-03-20"},
	    {"Wij betalen de factuur eind v.d. maand.", "2026-03-31"},
	    {"Wij betalen de factuur na het weekend.", "2026-03-23"},
	    {"Wir überweisen den Betrag innert 10 Tagen.", "2026-03-27"},
	    {"Wir überweisen den Betrag in der 14. Kalenderwoche.", "2026-04-03"},
	    {"Wir überweisen den Betrag am 27ten.", "2026-03-27"},
	    {"Wir überweisen den Betrag Freitagvormittag.", "2026-03-20"},
	    {"We will pay by the end of next month.", "2026-04-30"},
	    {"We will pay before 15 April.", "2026-04-14"},
	    {"We will pay by 15 April.", "2026-04-15"},
	    {"We will pay in the next payment run on the 25th.", "2026-03-25"},
	    {"We will pay on March 31st.", "2026-03-31"},
	    {"We will pay within 5 working days.", "2026-03-24"},
	    {"We will pay in week 14.", "2026-04-03"},
	    {"Wir zahlen in KW 14.", "2026-04-03"},
	    {"Wir zahlen am 31.3.", "2026-03-31"},
	    {"Wir überweisen Ende des Monats.", "2026-03-31"},
	    {"Wir überweisen nächste Woche.", "2026-03-27"},
	    {"Pagaremos a fin de mes.", "2026-03-31"},
	    {"Pagaremos el 15 de abril.", "2026-04-15"},
	    {"Pagheremo entro il 15 aprile.", "2026-04-15"},
	    {"Pagheremo entro 48 ore.", "2026-03-19"},
	    {"Pagheremo entro la fine della settimana.", "2026-03-20"},
	    {"Pagheremo nella seconda quincina di aprile.", "2026-04-30"},
	    {"Pagaremos antes de que acabe el mes.", "2026-03-31"},
	    {"Pagaremos en un par de días.", "2026-03-19"},
	    {"Pagheremo a fine mese.", "2026-03-31"},
	    {"Wij betalen eind april.", "2026-04-30"},
	    {"Wij betalen voor 15 april.", "2026-04-14"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(rows[i].text);
		assert_day(understanding, INTENT_PROMISE, rows[i].text, rows[i].date);
		understanding_free(understanding);
	}
}

static void past_days_are_reckoned_backwards(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *date;
	} rows[] = {
	    {"Le virement a été effectué vendredi.", "2026-03-13"},
	    {"Facture payée le 5 par virement.", "2026-03-05"},
	    {"Facture payée le 28.", "2026-02-28"},
	    {"We paid this yesterday by bank transfer.", "2026-03-16"},
	    {"Die Rechnung wurde letzten Donnerstag bezahlt.", "2026-03-12"},
	    {"We paid this invoice the Friday before last.", "2026-03-06"},
	    {"We paid this invoice three working days ago.", "2026-03-12"},
	    {"We paid this invoice on the first of the month.", "2026-03-01"},
	    {"We paid this invoice this Monday.", "2026-03-16"},
	    {"We paid this invoice last week.", ""},
	    {"We paid this invoice at the end of last week.", "2026-03-13"},
	    {"Facture échéance 12/03/2026, réglée le 09/03/2026.", "2026-03-09"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(rows[i].text);
		assert_day(understanding, INTENT_PAID, rows[i].text, rows[i].date);
		understanding_free(understanding);
	}
}

/* An hour is one of the day of the message, but not for what is told beside it. */
static void an_hour_is_of_today_where_the_words_around_it_pay(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum intent_kind kind;
		const char *date;
	} rows[] = {
	    {"Paid at 11:40 by bank transfer, reference 7741.", INTENT_PAID, "2026-03-17"},
	    {"Transferencia emitida a las 09:12.", INTENT_PAID, "2026-03-17"},
	    {"Überweisung um 11:40 Uhr ausgeführt.", INTENT_PAID, "2026-03-17"},
	    {"Bonifico eseguito alle 11:40.", INTENT_PAID, "2026-03-17"},
	    {"Virement instantané envoyé à 11h42.", INTENT_PAID, "2026-03-17"},
	    {"Bonifico inviato alle ore 11.42.", INTENT_PAID, "2026-03-17"},
	    {"Bonifico appena inviato.", INTENT_PAID, "2026-03-17"},
	    {"C'est réglé, je viens d'effectuer le virement.", INTENT_PAID, "2026-03-17"},
	    {"Le virement est parti cette nuit.", INTENT_PAID, "2026-03-17"},
	    {"Pagheremo la fattura non appena effettuato il collaudo.", INTENT_PROMISE, ""},
	    {"Nous venons d'en parler, nous paierons.", INTENT_PROMISE, ""},
	    {"Panne informatique cette nuit : la facture sera payée dès que possible.", INTENT_PROMISE, ""},
	    {"Vannacht is er ingebroken, wij betalen de factuur vrijdag.", INTENT_PROMISE, "2026-03-20"},
	    {"J'ai payé les cartons à 12.50 pièce.", INTENT_PAID, ""},
	    {"Ik heb om 12,50 minder betaald.", INTENT_PAID, ""},
	    {"Nous avons payé la formation de 9h30 à 17h30.", INTENT_PAID, ""},
	    {"Um 11.10 Uhr überwiesen.", INTENT_PAID, "2026-03-17"},
	    {"Um 11.42 Uhr überwiesen.", INTENT_PAID, "2026-03-17"},
	    {"Betaald om 14u30.", INTENT_PAID, "2026-03-17"},
	    {"We will pay it at 3 pm.", INTENT_PROMISE, "2026-03-17"},
	    {"We will pay it. I'm in a meeting, call me at 11:40.", INTENT_PROMISE, ""},
	    {"Nous allons faire le virement, appelez-moi à 11:40.", INTENT_PROMISE, ""},
	    {"La pagheremo, mi chiami alle 15.", INTENT_PROMISE, ""},
	    {"Appelez-moi à 11h42, nous allons faire le virement.", INTENT_PROMISE, ""},
	    {"La factura está pagada, se lo confirmo a las 12.", INTENT_PAID, ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(rows[i].text);
		assert_day(understanding, rows[i].kind, rows[i].text, rows[i].date);
		understanding_free(understanding);
	}
}

static void days_are_reckoned_as_they_are_said(void **state)
{
	(void)state;
	static const struct {
		const char *language, *text, *date;
	} rows[] = {
	    {"en", "on the second Tuesday of next month", "2026-04-14"},
	    {"en", "on the last Friday of the month", "2026-03-27"},
	    {"en", "w/c 13 April", "2026-04-17"},
	    {"en", "in the first week of April", "2026-04-03"},
	    {"en", "on the last working day of May", "2026-05-29"},
	    {"en", "on the 10th and 25th of each month", "2026-03-25"},
	    {"en", "between the 20th and the 24th", "2026-03-24"},
	    {"en", "right after Easter", "2026-04-07"},
	    {"en", "in a fortnight", "2026-03-31"},
	    {"en", "in 8 to 10 days", "2026-03-27"},
	    {"fr", "après le 1er mai", "2026-05-04"},
	    {"fr", "au lendemain du 14 juillet", "2026-07-15"},
	    {"fr", "la semaine du 6 avril", "2026-04-10"},
	    {"fr", "à J+15", "2026-04-01"},
	    {"de", "in der ersten Aprilwoche", "2026-04-03"},
	    {"de", "nach Pfingsten", "2026-05-26"},
	    {"es", "el segundo martes del mes que viene", "2026-04-14"},
	    {"it", "entro la prima decade del mese prossimo", "2026-04-10"},
	    {"it", "giovedì 26 e poi", "2026-03-26"},
	    {"nl", "op de laatste vrijdag van de maand", "2026-03-27"},
	    {"en", "on the monday before christmas", "2026-12-21"},
	    {"en", "on the first working day of April", "2026-04-01"},
	    {"de", "am dritten Werktag im April", "2026-04-03"},
	    {"nl", "halverwege volgende week", "2026-03-25"},
	    {"de", "mitte letzter woche", "2026-03-11"},
	    {"fr", "en fin de semaine dernière", "2026-03-13"},
	    {"it", "alla fine del mese scorso", "2026-02-28"},
	    {"en", "your email of last Friday", "nothing"},
	    {"de", "im Montagslauf", "2026-03-23"},
	    {"de", "Zahlung KW14", "2026-04-03"},
	    {"de", "in der 14. Woche", "2026-04-03"},
	    {"fr", "campagne S14", "2026-04-03"},
	    {"fr", "le virement de la S14", "2026-04-03"},
	    {"fr", "réglé S14", "2026-04-03"},
	    {"fr", "le Galaxy S24 en panne", "nothing"},
	    {"de", "der 12 kW Motor", "nothing"},
	    {"de", "in der 12. KW", "2026-03-20"},
	    {"en", "in the wk14 run", "2026-04-03"},
	    {"nl", "in week14", "2026-04-03"},
	    {"en", "the rent for July to September", "nothing"},
	};
	const struct date_base base = {
	    .sent = date_from_parts(2026, 3, 17), .due = DATE_NONE, .issued = DATE_NONE};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct stream stream;
		stream_init(&stream, lexicon, lexicon_language(lexicon, rows[i].language), rows[i].text,
		    strlen(rows[i].text), 1000);
		assert_first_day(&stream, &base, rows[i].text, rows[i].date);
		stream_clear(&stream);
	}
}

static void a_day_that_no_earlier_year_has_is_not_past(void **state)
{
	(void)state;
	static const char *const texts[] = {"on 29 February", "on the 20th and on 29 February"};
	const struct date_base base = {
	    .sent = date_from_parts(2023, 10, 15), .due = DATE_NONE, .issued = DATE_NONE};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
		struct stream stream;
		stream_init(
		    &stream, lexicon, lexicon_language(lexicon, "en"), texts[i], strlen(texts[i]), 1000);
		GArray *dates = dates_find(&stream, &base);
		assert_int_equal(dates->len, i + 1);
		for (guint k = 0; k < dates->len; k++) {
			const struct date_found *date = &g_array_index(dates, struct date_found, k);
			assert_int_equal(date_parts(date->forward).year, 2024);
			assert_int_equal(date->backward, DATE_NONE);
		}
		assert_true(stream_has_within(&stream, 0, stream_length(&stream), CLASS_FUTURE));
		assert_false(stream_has_within(&stream, 0, stream_length(&stream), CLASS_PAST));
		g_array_free(dates, TRUE);
		stream_clear(&stream);
	}
}

/* Where the numbers of a day leave the order open, other days, the weekday, the money and nearness tell it.
 */
static void the_month_stands_first_where_americans_write(void **state)
{
	(void)state;
	static const struct {
		const char *language, *text, *currency, *date;
	} rows[] = {
	    {"en", "on 12/11/2025", "USD", "2025-12-11"},
	    {"en", "on 12/11/2025", "GBP", "2025-11-12"},
	    {"en", "on 12/11/2025", "", "2025-11-12"},
	    {"en", "on 12/11/2025 for $400.00", "", "2025-12-11"},
	    {"en", "on 12/11/2025 for £400.00", "", "2025-11-12"},
	    {"en", "on 12/11/2025, your bill of 11/25/2025", "EUR", "2025-12-11"},
	    {"en", "on 12/11/2025, your bill of 25/11/2025", "USD", "2025-11-12"},
	    {"en", "on Wednesday 12/11/2025", "USD", "2025-11-12"},
	    {"en", "on Thursday 12/11/2025", "GBP", "2025-12-11"},
	    {"en", "on 12-11-2025", "USD", "2025-12-11"},
	    {"en", "on 12-24-2025", "EUR", "2025-12-24"},
	    {"en", "on 12.11.2025", "USD", "2025-11-12"},
	    {"en", "on 2025-12-11", "USD", "2025-12-11"},
	    {"en", "on 12/11/2025, we are there 24/7", "USD", "2025-12-11"},
	    {"en", "on 5/12/2025", "USD", "2025-12-05"}, /* in May nobody asked for it */
	    {"en", "on 12/5/2025", "GBP", "2025-12-05"},
	    {"en", "on 5/12/2025, your bill of 11/25/2025", "GBP", "2025-05-12"}, /* told, near or not */
	    {"en", "on 12/5/2025, your bill of 25/11/2025", "USD", "2025-05-12"},
	    {"en", "on 12-24-25", "USD", "nothing"},
	    {"fr", "le 12/11/2025", "USD", "2025-11-12"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct stream stream;
		stream_init(&stream, lexicon, lexicon_language(lexicon, rows[i].language), rows[i].text,
		    strlen(rows[i].text), 1000);
		struct date_base base = {.sent = date_from_parts(2025, 12, 15),
		    .due = DATE_NONE,
		    .issued = DATE_NONE,
		    .order = day_order_told(&stream, rows[i].currency)};
		assert_first_day(&stream, &base, rows[i].text, rows[i].date);
		stream_clear(&stream);
	}
}

/* Each day that intents of KIND have in TEXT, written on 17 March 2026; g_free. */
static char *days_of(const char *text, enum intent_kind kind)
{
	struct understand_context context = {.sent = date_from_parts(2026, 3, 17),
	    .quoted_text = "F-101 of 10/01/2026: 750.00 GBP\nF-102 of 12/01/2026: 350.00 GBP\n"};
	struct understanding *understanding = understand(lexicon, text, &context);
	GString *days = g_string_new(NULL);
	for (guint k = 0; k < understanding->intents->len; k++) {
		const struct intent *intent = understanding->intents->pdata[k];
		char day[DATE_TEXT_SIZE];
		if (intent->kind == kind)
			g_string_append_printf(days, "%s ", date_format(intent->date, day));
	}
	understanding_free(understanding);
	return g_string_free(days, FALSE);
}

/* A payment in two parts is told twice, each with its day; other days beside it are no payments. */
static void each_part_of_a_payment_has_its_day(void **state)
{
	(void)state;
	static const struct {
		const char *text, *days;
	} rows[] = {
	    {"We paid half on 2 March and the other half on 16 March.", "2026-03-02 2026-03-16 "},
	    {"£400.00 went out on 2 March, the remaining £350.00 on 16 March.", "2026-03-02 2026-03-16 "},
	    {"La F-101 a été réglée le 2 mars, la F-102 le 16 mars.", "2026-03-02 2026-03-16 "},
	    {"Die RE-4401 wurde am 2.3. überwiesen, die RE-4417 am 16.3.", "2026-03-02 2026-03-16 "},
	    {"F-101 was paid on 2 March and the goods of F-102 were delivered on 16 March.", "2026-03-02 "},
	    {"F-101 was paid on 2 March, credit note CN-3 is of 16 March.", "2026-03-02 "},
	    {"We paid F-101 on 2 March and you wrote to us on 9 March.", "2026-03-02 "},
	    {"F-101 was paid on 2 March, your reminder for F-102 of 12 March came late.", "2026-03-02 "},
	    {"La F-101 a été réglée le 2 mars, la F-102 reçue le 16 mars est à l'étude.", "2026-03-02 "},
	    {"La F-101 a été réglée le 2 mars, la F-102 du 12 janvier aussi.", "2026-03-02 "},
	    {"Die F-101 haben wir am 2.3. bezahlt, die F-102 vom 12.1. ebenfalls.", "2026-03-02 "},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *days = days_of(rows[i].text, INTENT_PAID);
		if (strcmp(days, rows[i].days) != 0)
			fail_msg("%s: %s", rows[i].text, days);
		g_free(days);
	}
}

static void the_rest_of_a_promise_has_its_day(void **state)
{
	(void)state;
	static const struct {
		const char *text, *days;
	} rows[] = {
	    {"Montag überweise ich 1.000,00, mehr geht gerade nicht. Rest im April.",
		"2026-03-23 2026-04-30 "},
	    {"We will pay 50 % on 20 March, 50 % at the end of the month.", "2026-03-20 2026-03-31 "},
	    {"We will pay on 20 March. The office is closed on 27 March.", "2026-03-20 "},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *days = days_of(rows[i].text, INTENT_PROMISE);
		if (strcmp(days, rows[i].days) != 0)
			fail_msg("%s: %s", rows[i].text, days);
		g_free(days);
	}
}

/* Which of several days is meant: by what the model learnt of the words around them. */
static void of_several_days_the_one_of_the_intent_is_meant(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum intent_kind kind;
		const char *date;
	} rows[] = {
	    {"The client pays us on the 24th and we will pay your invoice on the 26th.", INTENT_PROMISE,
		"2026-03-26"},
	    {"The board meets on Thursday, we will pay you on Friday.", INTENT_PROMISE, "2026-03-20"},
	    {"Notre client nous paie le 24, nous vous réglons la facture le 26.", INTENT_PROMISE,
		"2026-03-26"},
	    {"Your invoice of 2 February was due on 4 March; we paid it on 11 March.", INTENT_PAID,
		"2026-03-11"},
	    {"Ihre Rechnung vom 2. Februar haben wir am 11. März überwiesen.", INTENT_PAID, "2026-03-11"},
	    {"Our payment day is the 25th, so you are in this month's run.", INTENT_PROMISE, "2026-03-25"},
	    {"Am 25. ist niemand da, wir überweisen Ende des Monats.", INTENT_PROMISE, "2026-03-31"},
	    {"Am 25. klappt es leider nicht, wir zahlen Ende des Monats.", INTENT_PROMISE, "2026-03-31"},
	    {"We are open 24/7 and will pay you soon.", INTENT_PROMISE, ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *reading = reading_of(rows[i].text);
		assert_day(reading, rows[i].kind, rows[i].text, rows[i].date);
		understanding_free(reading);
	}
}

/* The day of an automatic mail whose text has none. */
static void the_subject_has_the_day_of_an_advice_without_one(void **state)
{
	(void)state;
	static const struct {
		const char *subject;
		bool automatic;
		const char *date;
	} rows[] = {
	    {"Remittance advice 19/03/2026", true, "2026-03-19"},
	    {"Remittance advice 20260319", true, ""},
	    {"Remittance advice, value date 20260319", true, "2026-03-19"},
	    {"RE: Invoice of 12/03/2026", false, ""},
	    {"Remittance advice for your invoice of 19/10/2025", true, ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understand_context context = {.sent = date_from_parts(2026, 3, 17),
		    .automatic = rows[i].automatic,
		    .subject = rows[i].subject};
		struct understanding *reading = understand(lexicon,
		    "Remittance advice\nWe have paid:\nF2026-118   1,188.00\nF2026-119   200.00\n"
		    "Total paid 1,388.00",
		    &context);
		assert_day(reading, INTENT_REMITTANCE, rows[i].subject, rows[i].date);
		understanding_free(reading);
	}
}

/* "15 days." has no word that makes it a day. */
static void a_bare_day_counts_where_no_other_does(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum intent_kind kind;
		const char *date;
	} rows[] = {
	    {"We will pay this invoice, 25th as always.", INTENT_PROMISE, "2026-03-25"},
	    {"We will pay this invoice, give me 48 hours.", INTENT_PROMISE, "2026-03-19"},
	    {"We will pay this invoice on 30 March, 25th as always.", INTENT_PROMISE, "2026-03-30"},
	    {"We will pay this invoice, 20th or 25th.", INTENT_PROMISE, ""},
	    {"Wir überweisen die Rechnung. 15 Tage.", INTENT_PROMISE, "2026-04-01"},
	    {"Wir überweisen Ihre Rechnung vom 3. März.", INTENT_PROMISE, ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *reading = reading_of(rows[i].text);
		assert_day(reading, rows[i].kind, rows[i].text, rows[i].date);
		understanding_free(reading);
	}
}

static void a_day_goes_on_from_the_one_before_and_terms_from_the_invoice(void **state)
{
	(void)state;
	static const struct {
		const char *text, *date;
	} rows[] = {
	    {"Le conseil vote le 8 avril, nous payons le lendemain.", "2026-04-09"},
	    {"Our terms are 60 days from invoice date, so we will pay then.", "2026-03-31"},
	    {"Nous payons à 45 jours fin de mois, vous serez donc payés à ce moment-là.", "2026-03-31"},
	    {"Der Chef kommt am 3. April zurück und zahlt am 5. April.", "2026-04-05"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding =
		    read_with(rows[i].text, "  F2026-118   2026-01-30   2026-03-01   1188.00 EUR\n", false);
		assert_day(understanding, INTENT_PROMISE, rows[i].text, rows[i].date);
		understanding_free(understanding);
	}
}

static void the_first_day_back_is_a_working_day(void **state)
{
	(void)state;
	struct understanding *understanding = read_with("Je suis absente du bureau jusqu'au vendredi 20 mars "
							"inclus. En cas d'urgence : i.petit@delphes.example",
	    NULL, true);
	const struct intent *absence = find(understanding, INTENT_ABSENCE);
	assert_non_null(absence);
	assert_int_equal(absence->until, date_from_parts(2026, 3, 23));
	assert_string_equal(absence->contact, "i.petit@delphes.example");
	understanding_free(understanding);
	assert_int_equal(next_working_day(date_from_parts(2025, 12, 31)), date_from_parts(2025, 12, 31));
	assert_int_equal(next_working_day(date_from_parts(2026, 1, 1)), date_from_parts(2026, 1, 2));
}

/* The day back, not the first one away, and however it is denied that anybody is there before. */
static void of_the_days_of_an_absence_the_first_one_back_is_meant(void **state)
{
	(void)state;
	static const struct {
		const char *text, *day;
	} rows[] = {
	    {"Wir haben ab dem 24.3. geschlossen. Erst am 7.4. ist wieder jemand da.", "2026-04-07"},
	    {"Fermeture le 24 mars. Ne comptez pas sur moi avant le 7 avril.", "2026-04-07"},
	    {"Am 24.3. fahre ich weg, vor dem 7.4. erreichen Sie mich nicht.", "2026-04-07"},
	    {"I am away until 24 March.", "2026-03-24"},
	    {"Away 24th-27th March, no email.", "2026-03-30"},
	    {"I am out of office the 24th-27th.", "2026-03-30"},
	    {"My leave ends on 27 March.", "2026-03-30"},
	    {"Annual leave until close of business 27 March.", "2026-03-30"},
	    {"Je suis absent 21/3 - 3/4.", "2026-04-07"}, /* 3 April is Good Friday */
	    {"Je suis absent 21/3 – 3/4.", "2026-04-07"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *reading = read_with(rows[i].text, NULL, true);
		assert_day(reading, INTENT_ABSENCE, rows[i].text, rows[i].day);
		understanding_free(reading);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days_are_reckoned_from_the_message),
	    cmocka_unit_test(past_days_are_reckoned_backwards),
	    cmocka_unit_test(an_hour_is_of_today_where_the_words_around_it_pay),
	    cmocka_unit_test(days_are_reckoned_as_they_are_said),
	    cmocka_unit_test(a_day_that_no_earlier_year_has_is_not_past),
	    cmocka_unit_test(the_month_stands_first_where_americans_write),
	    cmocka_unit_test(each_part_of_a_payment_has_its_day),
	    cmocka_unit_test(the_rest_of_a_promise_has_its_day),
	    cmocka_unit_test(of_several_days_the_one_of_the_intent_is_meant),
	    cmocka_unit_test(the_subject_has_the_day_of_an_advice_without_one),
	    cmocka_unit_test(a_bare_day_counts_where_no_other_does),
	    cmocka_unit_test(a_day_goes_on_from_the_one_before_and_terms_from_the_invoice),
	    cmocka_unit_test(the_first_day_back_is_a_working_day),
	    cmocka_unit_test(of_the_days_of_an_absence_the_first_one_back_is_meant),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
