/* The shipped lexicons on sentences of which there is no doubt. */
#include "shipped.h"

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

/* Long complaints and other invoices drown the sentence that promises or has paid: it is read by itself. */
static void a_sentence_tells_what_the_whole_drowns(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum intent_kind kind;
		const char *day;
	} rows[] = {
	    {"F2026-118: am 12.3. bezahlt\n- F2026-131: freigegeben, wird am 27.3. überwiesen",
		INTENT_PROMISE, "2026-03-27"},
	    {"- F2026-118: pagada el 10/03\n- F2026-131: pagada el 13/03", INTENT_PAID, "2026-03-13"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(rows[i].text);
		bool told = false;
		char day[DATE_TEXT_SIZE];
		for (guint k = 0; k < understanding->intents->len; k++) {
			const struct intent *intent = understanding->intents->pdata[k];
			told |= intent->kind == rows[i].kind &&
				strcmp(date_format(intent->date, day), rows[i].day) == 0;
			assert_true(intent->kind >= understanding->primary);
			if (intent->kind == understanding->primary && k == 0)
				assert_int_equal(intent->confidence, understanding->confidence);
		}
		if (!told)
			fail_msg("%s", rows[i].text);
		understanding_free(understanding);
	}
}

/* What the whole surely says is not put behind a sentence that says else without the rest. */
static void a_sure_whole_stays_first(void **state)
{
	(void)state;
	struct understanding *reading =
	    read_with("Hello, do you still do the 20kg layers pellets and what are they now, 11.50? Hens are "
		      "off lay. Will be through your way on Thursday.\n\nWullie",
		"  F20277555   2027-01-30   2027-03-01   1188.00 EUR\n", false);
	assert_int_equal(reading->primary, INTENT_NONE);
	assert_int_equal(reading->intents->len, 1);
	understanding_free(reading);
}

/* A number of ours may look like a week. */
static void a_document_is_no_week(void **state)
{
	(void)state;
	static const char ours[] =
	    "  KW12   2026-01-30   2026-03-01   1188.00 EUR\n  KW13   2026-02-10   2026-03-12   600.00 EUR\n";
	struct understanding *reading = read_with("KW13 wird bezahlt.", ours, false);
	assert_int_equal(reading->primary, INTENT_PROMISE);
	assert_int_equal(reading->intents->len, 1);
	const struct intent *promise = reading->intents->pdata[0];
	assert_int_equal(promise->date, DATE_NONE);
	assert_int_equal(promise->mentions->len, 1);
	assert_string_equal(promise->mentions->pdata[0], "KW13");
	understanding_free(reading);
}

/* The end of a company is said in a line, whatever it promises at length. */
static void insolvency_in_one_sentence_is_heard(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "We are filing for bankruptcy. A transfer will be made on 31 March.",
	    "Wir melden Insolvenz an. Eine Überweisung erfolgt am 31. März.",
	    "Nous déposons le bilan. Un virement vous sera fait le 31 mars.",
	};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
		struct understanding *understanding = reading_of(texts[i]);
		const struct intent *first = understanding->intents->pdata[0];
		if (understanding->primary != INTENT_INSOLVENCY || first->kind != INTENT_INSOLVENCY ||
		    first->confidence != understanding->confidence)
			fail_msg("%s", texts[i]);
		understanding_free(understanding);
	}
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
	    cmocka_unit_test(instalments_are_a_series_or_share_their_amount),
	    cmocka_unit_test(documents_are_meant_without_their_numbers),
	    cmocka_unit_test(invoices_that_our_mail_does_not_name_are_mentioned),
	    cmocka_unit_test(the_part_that_is_contested_is_an_amount),
	    cmocka_unit_test(shares_become_amounts_of_the_invoice),
	    cmocka_unit_test(numbers_are_found_however_they_are_written),
	    cmocka_unit_test(an_instalment_plan_has_days_and_amounts),
	    cmocka_unit_test(a_remittance_advice_lists_what_it_pays),
	    cmocka_unit_test(changed_bank_details_are_noticed),
	    cmocka_unit_test(a_sentence_tells_what_the_whole_drowns),
	    cmocka_unit_test(a_sure_whole_stays_first),
	    cmocka_unit_test(a_document_is_no_week),
	    cmocka_unit_test(insolvency_in_one_sentence_is_heard),
	    cmocka_unit_test(the_same_text_gives_the_same_reading),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
