/* The shipped lexicons on sentences of which there is no doubt. */
#include "unit.h"
#include "language/dates.h"
#include "language/day_order.h"
#include "language/lexicon.h"
#include "language/understand.h"

static struct lexicon *lexicon;

static int load(void **state)
{
	(void)state;
	const char *top = g_getenv("top_srcdir");
	char *folder = g_build_filename(top ? top : ".", "conf", "lexicon", NULL);
	GDir *dir = g_dir_open(folder, 0, NULL);
	if (!dir)
		return -1;
	lexicon = lexicon_new();
	const char *name;
	while ((name = g_dir_read_name(dir))) {
		if (!g_str_has_suffix(name, ".lexicon") && !g_str_has_suffix(name, ".model"))
			continue;
		char *path = g_build_filename(folder, name, NULL);
		gchar *text;
		gsize length;
		struct error error = {0};
		if (!g_file_get_contents(path, &text, &length, NULL))
			return -1;
		if (!lexicon_add(lexicon, name, text, length, &error))
			fail_msg("%s", error.text);
		g_free(text);
		g_free(path);
	}
	g_dir_close(dir);
	g_free(folder);
	struct error error = {0};
	return lexicon_finish(lexicon, &error) ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	lexicon_free(lexicon);
	return 0;
}

static const char quoted[] = "  F2026-118   2026-01-30   2026-03-01   1188.00 EUR\n  F2026-131   2026-02-10  "
			     " 2026-03-12   600.00 EUR\n";

static struct understanding *read_with(const char *text, const char *ours, bool automatic)
{
	struct understand_context context = {.sent = date_from_parts(2026, 3, 17),
	    .subject = "Re: facture",
	    .quoted_text = ours,
	    .automatic = automatic};
	return understand(lexicon, text, &context);
}

static struct understanding *reading_of(const char *text)
{
	return read_with(text, quoted, false);
}

static const struct intent *find(const struct understanding *understanding, enum intent_kind kind)
{
	for (guint i = 0; i < understanding->intents->len; i++) {
		const struct intent *intent = understanding->intents->pdata[i];
		if (intent->kind == kind)
			return intent;
	}
	return NULL;
}

static void plain_sentences_are_understood(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *language;
		enum intent_kind primary;
	} rows[] = {
	    {"Bonjour, nous réglerons cette facture le 31 mars par virement.", "fr", INTENT_PROMISE},
	    {"Bonjour, le virement a été effectué vendredi dernier.", "fr", INTENT_PAID},
	    {"Bonjour, nous contestons cette facture : la marchandise n'a jamais été livrée.", "fr",
		INTENT_DISPUTE},
	    {"Bien reçu, je transmets à la comptabilité.", "fr", INTENT_ACK},
	    {"Pouvez-vous nous renvoyer la facture ? Nous ne l'avons jamais reçue.", "fr", INTENT_REQUEST},
	    {"Serait-il possible d'échelonner le paiement en trois fois ?", "fr", INTENT_DELAY},
	    {"La société a été placée en liquidation judiciaire, merci de contacter le liquidateur.", "fr",
		INTENT_INSOLVENCY},
	    {"We will pay this invoice on Friday.", "en", INTENT_PROMISE},
	    {"The invoice was paid by bank transfer on 3 March.", "en", INTENT_PAID},
	    {"We dispute this invoice, the goods were never delivered.", "en", INTENT_DISPUTE},
	    {"Wir überweisen den Betrag am Freitag.", "de", INTENT_PROMISE},
	    {"Die Rechnung haben wir am 3. März überwiesen.", "de", INTENT_PAID},
	    {"Pagaremos la factura el viernes por transferencia.", "es", INTENT_PROMISE},
	    {"Pagheremo la fattura venerdì con bonifico.", "it", INTENT_PROMISE},
	    {"Wij betalen de factuur vrijdag.", "nl", INTENT_PROMISE},
	    /* what denies nothing, what is not the payment of an insolvent */
	    {"Os pagamos la factura el viernes sin falta.", "es", INTENT_PROMISE},
	    {"Lo tenéis en vuestra cuenta el martes a primera hora.", "es", INTENT_PROMISE},
	    {"Nuestro cliente nos debe dinero, ¿nos dais un mes más para la factura?", "es", INTENT_DELAY},
	    {"Acabo de hacerles la transferencia de esta factura.", "es", INTENT_PAID},
	    {"Aún no está pagada, le falta la firma del director.", "es", INTENT_ACK},
	    {"La fattura sarà pagata entro e non oltre il 31 marzo.", "it", INTENT_PROMISE},
	    {"Giovedì mattina siete pagati.", "it", INTENT_PROMISE},
	    {"La fattura è in attesa della determina di liquidazione.", "it", INTENT_ACK},
	    {"Ho appena fatto il bonifico per la vostra fattura.", "it", INTENT_PAID},
	    {"La società è stata posta in liquidazione.", "it", INTENT_INSOLVENCY},
	    {"Dejadme hasta septiembre, este mes no puedo.", "es", INTENT_DELAY},
	    {"No estamos de acuerdo con la factura.", "es", INTENT_DISPUTE},
	    {"En cuanto cobre del cliente te pago la factura.", "es", INTENT_PROMISE},
	    {"La factura se pagó en enero por transferencia.", "es", INTENT_PAID},
	    {"Non riconosciamo gli interessi di mora.", "it", INTENT_DISPUTE},
	    {"Quando mi pagano vi saldo la fattura.", "it", INTENT_PROMISE},
	    {"Mi aspetti fino a fine mese per la fattura?", "it", INTENT_DELAY},
	    {"No pagaremos hasta que arregléis la puerta.", "es", INTENT_DISPUTE},
	    {"Non vi paghiamo finché non riparate la porta.", "it", INTENT_DISPUTE},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(rows[i].text);
		assert_string_equal(understanding->language, rows[i].language);
		if (understanding->primary != rows[i].primary)
			fail_msg("%s: %s", rows[i].text, intent_kind_word(understanding->primary));
		understanding_free(understanding);
	}
}

/* By the auxiliary verb, the separated verb, the noun in place of the verb, dialect. */
static void german_and_dutch_say_it_in_many_ways(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum intent_kind primary;
	} rows[] = {
	    {"Die Rechnung wird am Donnerstag überwiesen.", INTENT_PROMISE},
	    {"Die Rechnung wurde am Donnerstag überwiesen.", INTENT_PAID},
	    {"Ihre Forderung ist für den Zahllauf am 27. März eingeplant.", INTENT_PROMISE},
	    {"Unsere Zahlung hat sich mit Ihrer Mahnung gekreuzt.", INTENT_PAID},
	    {"Wir lehnen die Bezahlung dieser Rechnung ab.", INTENT_DISPUTE},
	    {"Diese Forderung erkennen wir nicht an.", INTENT_DISPUTE},
	    {"Könnten Sie uns noch vier Wochen Aufschub gewähren?", INTENT_DELAY},
	    {"Die Rechnung ist bei uns nie eingelangt, bitte nochmals schicken.", INTENT_REQUEST},
	    {"Wir haben beim Amtsgericht Insolvenz beantragt.", INTENT_INSOLVENCY},
	    {"Ich bin dafür nicht zuständig, bitte wenden Sie sich an die Buchhaltung.", INTENT_REDIRECT},
	    {"De factuur wordt donderdag betaald.", INTENT_PROMISE},
	    {"De factuur werd donderdag betaald.", INTENT_PAID},
	    {"Ik maak het morgen over.", INTENT_PROMISE},
	    {"Uw factuur gaat vrijdag mee in de betaalrun.", INTENT_PROMISE},
	    {"Onze betaling en uw aanmaning hebben elkaar gekruist.", INTENT_PAID},
	    {"Wij betwisten deze factuur, de goederen zijn nooit geleverd.", INTENT_DISPUTE},
	    {"Kunnen wij het bedrag in drie termijnen betalen?", INTENT_DELAY},
	    {"De factuur hebben wij nooit gekregen, kunt u ze nogmaals mailen?", INTENT_REQUEST},
	    {"Mijn collega werkt hier niet meer, mail naar boekhouding@klant.example.", INTENT_REDIRECT},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(rows[i].text);
		if (understanding->primary != rows[i].primary)
			fail_msg("%s: %s", rows[i].text, intent_kind_word(understanding->primary));
		understanding_free(understanding);
	}
}

/* By tense and subject, by who is to blame, by what must come first; and what sounds like it but denies it.
 */
static void french_and_english_say_it_in_many_ways(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum intent_kind primary;
	} rows[] = {
	    {"Vous serez payés lundi sans faute.", INTENT_PROMISE},
	    {"Le chèque part demain avec le courrier.", INTENT_PROMISE},
	    {"Elle est inscrite au mandatement du 25 mars.", INTENT_PROMISE},
	    {"C'est réglé, le virement a quitté notre compte mercredi dernier.", INTENT_PAID},
	    {"Je viens de valider le paiement dans l'application de la banque.", INTENT_PAID},
	    {"Vous facturez 12 heures, votre technicien est resté 8 heures.", INTENT_DISPUTE},
	    {"Ce n'est pas le tarif convenu.", INTENT_DISPUTE},
	    {"Personne chez nous n'a passé cette commande.", INTENT_DISPUTE},
	    {"Accepteriez-vous 200 € par mois ?", INTENT_DELAY},
	    {"Sur quel compte dois-je payer ?", INTENT_REQUEST},
	    {"Votre facture attend la signature du directeur, je ne peux pas vous donner de date.",
		INTENT_ACK},
	    {"Ce n'est pas à moi qu'il faut écrire, voyez avec le siège.", INTENT_REDIRECT},
	    {"You will have the money by Friday.", INTENT_PROMISE},
	    {"It is going out in next week's payment run.", INTENT_PROMISE},
	    {"It left our account on Monday.", INTENT_PAID},
	    {"My husband paid your driver in cash.", INTENT_PAID},
	    {"You have charged nine hours, your engineer was here for six.", INTENT_DISPUTE},
	    {"Nobody here ordered this.", INTENT_DISPUTE},
	    {"That isn't the price we shook hands on.", INTENT_DISPUTE},
	    {"Would you take 200 a month until it is cleared?", INTENT_DELAY},
	    {"What account do I pay this into?", INTENT_REQUEST},
	    {"It is still with the approver, I can't give you a date.", INTENT_ACK},
	    {"You need to talk to our head office, I only drive the van.", INTENT_REDIRECT},
	    {"If you call my mother again I will go to the police.", INTENT_LEGAL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(rows[i].text);
		if (understanding->primary != rows[i].primary)
			fail_msg("%s: %s", rows[i].text, intent_kind_word(understanding->primary));
		understanding_free(understanding);
	}
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
		const struct intent *promise = find(understanding, INTENT_PROMISE);
		char text[DATE_TEXT_SIZE] = "no promise";
		if (promise)
			date_format(promise->date, text);
		if (strcmp(text, rows[i].date) != 0)
			fail_msg("%s: %s", rows[i].text, text);
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
		const struct intent *paid = find(understanding, INTENT_PAID);
		char text[DATE_TEXT_SIZE] = "not paid";
		if (paid)
			date_format(paid->date, text);
		if (strcmp(text, rows[i].date) != 0)
			fail_msg("%s: %s", rows[i].text, text);
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
	};
	const struct date_base base = {
	    .sent = date_from_parts(2026, 3, 17), .due = DATE_NONE, .issued = DATE_NONE};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct stream stream;
		stream_init(&stream, lexicon, lexicon_language(lexicon, rows[i].language), rows[i].text,
		    strlen(rows[i].text), 1000);
		GArray *dates = dates_find(&stream, &base);
		char text[DATE_TEXT_SIZE] = "nothing";
		if (dates->len > 0)
			date_format(g_array_index(dates, struct date_found, 0).forward, text);
		if (strcmp(text, rows[i].date) != 0)
			fail_msg("%s: %s", rows[i].text, text);
		g_array_free(dates, TRUE);
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
		GArray *dates = dates_find(&stream, &base);
		char text[DATE_TEXT_SIZE] = "nothing";
		if (dates->len > 0)
			date_format(g_array_index(dates, struct date_found, 0).forward, text);
		if (strcmp(text, rows[i].date) != 0)
			fail_msg("%s (%s): %s", rows[i].text, rows[i].currency, text);
		g_array_free(dates, TRUE);
		stream_clear(&stream);
	}
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
	    {"F-101 was paid on 2 March, your reminder for F-102 of 12 March came late.", "2026-03-02 "},
	    {"La F-101 a été réglée le 2 mars, la F-102 reçue le 16 mars est à l'étude.", "2026-03-02 "},
	    {"La F-101 a été réglée le 2 mars, la F-102 du 12 janvier aussi.", "2026-03-02 "},
	    {"Die F-101 haben wir am 2.3. bezahlt, die F-102 vom 12.1. ebenfalls.", "2026-03-02 "},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understand_context context = {.sent = date_from_parts(2026, 3, 17),
		    .quoted_text = "F-101 of 10/01/2026: 750.00 GBP\nF-102 of 12/01/2026: 350.00 GBP\n"};
		struct understanding *understanding = understand(lexicon, rows[i].text, &context);
		GString *days = g_string_new(NULL);
		for (guint k = 0; k < understanding->intents->len; k++) {
			const struct intent *intent = understanding->intents->pdata[k];
			char text[DATE_TEXT_SIZE];
			if (intent->kind == INTENT_PAID)
				g_string_append_printf(days, "%s ", date_format(intent->date, text));
		}
		if (strcmp(days->str, rows[i].days) != 0)
			fail_msg("%s: %s", rows[i].text, days->str);
		g_string_free(days, TRUE);
		understanding_free(understanding);
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
		const struct intent *intent = find(reading, rows[i].kind);
		char text[DATE_TEXT_SIZE] = "no intent";
		if (intent)
			date_format(intent->date, text);
		if (strcmp(text, rows[i].date) != 0)
			fail_msg("%s: %s", rows[i].text, text);
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
		const struct intent *intent = find(reading, INTENT_REMITTANCE);
		char text[DATE_TEXT_SIZE] = "no intent";
		if (intent)
			date_format(intent->date, text);
		if (strcmp(text, rows[i].date) != 0)
			fail_msg("%s: %s", rows[i].subject, text);
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
		const struct intent *intent = find(reading, rows[i].kind);
		char text[DATE_TEXT_SIZE] = "no intent";
		if (intent)
			date_format(intent->date, text);
		if (strcmp(text, rows[i].date) != 0)
			fail_msg("%s: %s", rows[i].text, text);
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
		const struct intent *promise = find(understanding, INTENT_PROMISE);
		char text[DATE_TEXT_SIZE] = "no promise";
		if (promise)
			date_format(promise->date, text);
		if (strcmp(text, rows[i].date) != 0)
			fail_msg("%s: %s", rows[i].text, text);
		understanding_free(understanding);
	}
}

static void instalments_are_a_series_or_share_their_amount(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *last;
		guint count;
	} rows[] = {
	    {"Could we pay in three instalments of £396 at the end of March, April and May?", "2026-05-31",
		3},
	    {"Pourrions-nous régler en quatre mensualités de 297 € à partir de fin mars ?", "2026-06-30", 4},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding =
		    read_with(rows[i].text, "  F2026-118   2026-01-30   2026-03-01   1188.00 EUR\n", false);
		const struct intent *delay = find(understanding, INTENT_DELAY);
		assert_non_null(delay);
		if (delay->proposal->len != rows[i].count)
			fail_msg("%s: %u", rows[i].text, delay->proposal->len);
		const struct instalment *last =
		    &g_array_index(delay->proposal, struct instalment, rows[i].count - 1);
		char text[DATE_TEXT_SIZE];
		assert_string_equal(date_format(last->date, text), rows[i].last);
		assert_int_equal(last->amount.minor, 118800 / (int)rows[i].count);
		understanding_free(understanding);
	}
}

static void documents_are_meant_without_their_numbers(void **state)
{
	(void)state;
	static const char ours[] = "  SPV 2   2026-01-30   2026-03-01   1188.00 EUR\n"
				   "  F2026-131   2026-02-10   2026-03-12   600.00 EUR\n";
	static const struct {
		const char *text, *number;
	} rows[] = {
	    {"La facture SPV 2 sera payée le 31 mars.", "SPV 2"},
	    {"La facture de février sera payée le 31 mars.", "F2026-131"},
	    {"The £600.00 will be paid on 31 March.", "F2026-131"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = read_with(rows[i].text, ours, false);
		const struct intent *promise = find(understanding, INTENT_PROMISE);
		if (!promise || promise->mentions->len != 1 ||
		    strcmp(promise->mentions->pdata[0], rows[i].number) != 0)
			fail_msg("%s", rows[i].text);
		understanding_free(understanding);
	}
}

static void invoices_that_our_mail_does_not_name_are_mentioned(void **state)
{
	(void)state;
	static const char ours[] = "  F2026-118   2026-01-30   2026-03-01   1188.00 EUR\n";
	static const struct {
		const char *text, *ours, *number;
	} rows[] = {
	    {"la facture F2026-118 a été payée le 12 mars. La facture F2026-119 est contestée, portes "
	     "rayées.",
		ours, "F2026-119"},
	    {"Nous contestons la facture F2026-105, rien n'a été livré.", ours, "F2026-105"},
	    {"Nous contestons la F2026-99, rien n'a été livré.", ours, "F2026-99"},
	    {"Nous contestons votre facture n° 4500087, rien n'a été livré.", ours, "4500087"},
	    {"Nous contestons la facture F2026-105, rien n'a été livré.", NULL, "F2026-105"},
	    {"Nous contestons la facture F2026-118, rien n'a été livré.", ours, "F2026-118"},
	    {"Nous contestons cette facture, commande F2026-777 : rien n'a été livré.", ours, NULL},
	    {"Nous contestons cette facture, commande 4500087 : rien n'a été livré.", ours, NULL},
	    {"Nous contestons cette facture : rien n'a été livré le 2026-03-12.", ours, NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = read_with(rows[i].text, rows[i].ours, false);
		const struct intent *dispute = find(understanding, INTENT_DISPUTE);
		assert_non_null(dispute);
		const char *number = dispute->mentions->len == 1 ? dispute->mentions->pdata[0] : NULL;
		if (dispute->mentions->len > 1 || g_strcmp0(number, rows[i].number) != 0)
			fail_msg("%s: %s", rows[i].text, number ? number : "none");
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

static void the_part_that_is_contested_is_an_amount(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t minor;
	} rows[] = {
	    {"Le devis signé disait 950 €, vous facturez 1 188 €. Nous contestons les 238 € en trop.", 23800},
	    {"We dispute £144.00 of this: the price is wrong, £48.00 a carton instead of £42.00.", 14400},
	    {"Nous contestons la facture de 1 188,00 €, rien n'a été livré.", 0},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding =
		    read_with(rows[i].text, "  F2026-118   2026-01-30   2026-03-01   1188.00 EUR\n", false);
		const struct intent *dispute = find(understanding, INTENT_DISPUTE);
		assert_non_null(dispute);
		assert_int_equal(money_is_none(dispute->amount) ? 0 : dispute->amount.minor, rows[i].minor);
		understanding_free(understanding);
	}
}

static void shares_become_amounts_of_the_invoice(void **state)
{
	(void)state;
	struct understanding *understanding = read_with("Nous paierons la moitié vendredi par virement.",
	    "  F2026-118   2026-01-30   2026-03-01   1188.00 EUR\n", false);
	const struct intent *promise = find(understanding, INTENT_PROMISE);
	assert_non_null(promise);
	assert_int_equal(promise->amount.minor, 59400);
	assert_string_equal(promise->amount.currency, "EUR");
	understanding_free(understanding);
}

static void numbers_are_found_however_they_are_written(void **state)
{
	(void)state;
	static const char *const texts[] = {"Nous paierons la F2026-118 vendredi.",
	    "Nous paierons la F2026118 vendredi.", "Nous paierons la 118 vendredi.",
	    "Nous paierons la facture n°118 vendredi.", "Nous paierons F 2026-118 vendredi."};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
		struct understanding *understanding = reading_of(texts[i]);
		const struct intent *promise = find(understanding, INTENT_PROMISE);
		if (!promise || promise->mentions->len != 1 ||
		    strcmp(promise->mentions->pdata[0], "F2026-118") != 0)
			fail_msg("%s", texts[i]);
		understanding_free(understanding);
	}
}

static void an_instalment_plan_has_days_and_amounts(void **state)
{
	(void)state;
	struct understanding *understanding = reading_of("Accepteriez-vous un règlement en trois fois : 400 "
							 "€ fin avril, 400 € fin mai et 388 € fin juin ?");
	const struct intent *delay = find(understanding, INTENT_DELAY);
	assert_non_null(delay);
	assert_int_equal(delay->proposal->len, 3);
	const struct instalment *last = &g_array_index(delay->proposal, struct instalment, 2);
	assert_int_equal(last->date, date_from_parts(2026, 6, 30));
	assert_int_equal(last->amount.minor, 38800);
	understanding_free(understanding);
}

static void a_remittance_advice_lists_what_it_pays(void **state)
{
	(void)state;
	struct understanding *understanding =
	    read_with("AVIS DE VIREMENT\nDate de valeur : 19/03/2026\n"
		      "F2026-118   30/01/2026   1 188,00\nF2026-131   10/02/2026   600,00\n"
		      "AVOIR AV-07   01/03/2026   -42,00\nTOTAL EUR   1 746,00\n",
		quoted, true);
	const struct intent *remittance = find(understanding, INTENT_REMITTANCE);
	assert_non_null(remittance);
	assert_int_equal(remittance->date, date_from_parts(2026, 3, 19));
	assert_int_equal(remittance->lines->len, 3);
	const struct remittance_line *first = remittance->lines->pdata[0],
				     *last = remittance->lines->pdata[2];
	assert_string_equal(first->invoice, "F2026-118");
	assert_int_equal(first->amount.minor, 118800);
	assert_int_equal(last->amount.minor, -4200);
	understanding_free(understanding);
}

static void changed_bank_details_are_noticed(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool speaks;
	} rows[] = {
	    {"Bonjour, notre banque a changé. Voici nos nouvelles coordonnées bancaires pour le règlement.",
		true},
	    {"Merci de noter que notre RIB a été modifié, l'ancien compte sera clôturé.", true},
	    {"Suite à un audit, nous avons changé de banque : merci de régler sur ce compte.", true},
	    {"Please be informed that our bank account details have changed with immediate effect.", true},
	    {"Due to an audit our account is on hold, kindly remit to our new bank account.", true},
	    {"We have recently updated our banking information, see below.", true},
	    {"Bitte beachten Sie unsere neue Bankverbindung.", true},
	    {"Unsere IBAN hat sich geändert, bitte überweisen Sie ab sofort auf dieses Konto.", true},
	    {"Les informamos de que hemos cambiado de banco, nuestro nuevo IBAN figura abajo.", true},
	    {"Vi comunichiamo la variazione delle coordinate bancarie.", true},
	    {"Graag voortaan betalen op ons nieuwe rekeningnummer.", true},
	    {"Pouvez-vous m'envoyer votre RIB ? Nous réglons par virement.", false},
	    {"Nous réglerons cette facture le 31 mars par virement bancaire.", false},
	    {"Please send us your bank details and we will pay on Friday.", false},
	    {"Der Betrag wurde gestern auf Ihr Konto überwiesen.", false},
	    {"El pago se hizo ayer a su cuenta bancaria.", false},
	    {"Il bonifico è stato disposto ieri sul vostro conto corrente.", false},
	    {"De betaling is gisteren naar uw rekening overgemaakt.", false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *reading = reading_of(rows[i].text);
		if ((reading->bank_change != NULL) != rows[i].speaks)
			fail_msg("%s: %s", rows[i].text, reading->bank_change);
		understanding_free(reading);
	}
	struct understanding *reading = reading_of(
	    "Payez sur FR76 3000 6000 0112 3456 7890 189, pas sur FR76 3000 6000 0112 3456 7890 188 ni "
	    "FR7630006000011234567890189.");
	assert_int_equal(reading->ibans->len, 1);
	assert_string_equal(reading->ibans->pdata[0], "FR7630006000011234567890189");
	understanding_free(reading);
}

static void the_same_text_gives_the_same_reading(void **state)
{
	(void)state;
	const char *text = "Facture bien reçue, elle sera réglée le 25 ; par contre la 131 est contestée.";
	struct understanding *once = reading_of(text), *again = reading_of(text);
	assert_int_equal(once->primary, again->primary);
	assert_int_equal(once->confidence, again->confidence);
	assert_int_equal(once->intents->len, again->intents->len);
	understanding_free(once);
	understanding_free(again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_sentences_are_understood),
	    cmocka_unit_test(german_and_dutch_say_it_in_many_ways),
	    cmocka_unit_test(french_and_english_say_it_in_many_ways),
	    cmocka_unit_test(days_are_reckoned_from_the_message),
	    cmocka_unit_test(past_days_are_reckoned_backwards),
	    cmocka_unit_test(days_are_reckoned_as_they_are_said),
	    cmocka_unit_test(each_part_of_a_payment_has_its_day),
	    cmocka_unit_test(of_several_days_the_one_of_the_intent_is_meant),
	    cmocka_unit_test(the_subject_has_the_day_of_an_advice_without_one),
	    cmocka_unit_test(a_bare_day_counts_where_no_other_does),
	    cmocka_unit_test(the_month_stands_first_where_americans_write),
	    cmocka_unit_test(a_day_that_no_earlier_year_has_is_not_past),
	    cmocka_unit_test(a_day_goes_on_from_the_one_before_and_terms_from_the_invoice),
	    cmocka_unit_test(instalments_are_a_series_or_share_their_amount),
	    cmocka_unit_test(documents_are_meant_without_their_numbers),
	    cmocka_unit_test(invoices_that_our_mail_does_not_name_are_mentioned),
	    cmocka_unit_test(the_first_day_back_is_a_working_day),
	    cmocka_unit_test(the_part_that_is_contested_is_an_amount),
	    cmocka_unit_test(shares_become_amounts_of_the_invoice),
	    cmocka_unit_test(numbers_are_found_however_they_are_written),
	    cmocka_unit_test(an_instalment_plan_has_days_and_amounts),
	    cmocka_unit_test(a_remittance_advice_lists_what_it_pays),
	    cmocka_unit_test(changed_bank_details_are_noticed),
	    cmocka_unit_test(the_same_text_gives_the_same_reading),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
