#include "base/base.h"
#include "dunning/notice_words.h"

#include <stdlib.h>

enum { ENGLISH, FRENCH, GERMAN, SPANISH, ITALIAN, DUTCH, LANGUAGE_COUNT };
static const char *const languages[LANGUAGE_COUNT] = {"en", "fr", "de", "es", "it", "nl"};

struct word {
	const char *name;
	const char *in[LANGUAGE_COUNT];
};

/* In the order of strcmp. */
static const struct word words[] = {
    {"law.directive 2011/7/EU, art. 2, 3, 6",
	{"directive 2011/7/EU, art. 2, 3, 6", "directive 2011/7/UE, art. 2, 3, 6",
	    "Richtlinie 2011/7/EU, Art. 2, 3, 6", "Directiva 2011/7/UE, art. 2, 3, 6",
	    "direttiva 2011/7/UE, artt. 2, 3, 6", "Richtlijn 2011/7/EU, art. 2, 3, 6"}},
    {"mail.absence", {"out of office", "absence", "abwesend", "ausente", "assente", "afwezig"}},
    {"mail.ack", {"has received it", "bien reçue", "erhalten", "la ha recibido", "l’ha ricevuta",
		     "heeft ze ontvangen"}},
    {"mail.automatic", {"automatic mail", "message automatique", "automatische Mail", "correo automático",
			   "messaggio automatico", "automatisch bericht"}},
    {"mail.automatic_reply", {"automatic answer", "réponse automatique", "automatische Antwort",
				 "respuesta automática", "risposta automatica", "automatisch antwoord"}},
    {"mail.delay", {"asks for time", "demande un délai", "bittet um Aufschub", "pide un aplazamiento",
		       "chiede una dilazione", "vraagt uitstel"}},
    {"mail.delivery_delay", {"delivery delayed", "remise retardée", "Zustellung verzögert",
				"entrega demorada", "consegna ritardata", "bezorging vertraagd"}},
    {"mail.delivery_failure",
	{"not delivered", "non remis", "nicht zugestellt", "no entregado", "non consegnato", "niet bezorgd"}},
    {"mail.delivery_success", {"delivered", "remis", "zugestellt", "entregado", "consegnato", "bezorgd"}},
    {"mail.dispute", {"disputes it", "conteste", "bestreitet", "la discute", "contesta", "betwist ze"}},
    {"mail.insolvency", {"insolvency", "procédure collective", "Insolvenz", "concurso",
			    "procedura concorsuale", "insolventie"}},
    {"mail.legal", {"legal steps", "suite juridique", "rechtliche Schritte", "vía judicial", "vie legali",
		       "juridische stappen"}},
    {"mail.list", {"list mail", "liste de diffusion", "Listenmail", "lista de correo",
		      "lista di distribuzione", "mailinglijst"}},
    {"mail.none", {"not understood", "non comprise", "nicht verstanden", "no entendida", "non compresa",
		      "niet begrepen"}},
    {"mail.paid", {"says it is paid", "dit avoir payé", "sagt: bezahlt", "dice que está pagada",
		      "dice di aver pagato", "zegt betaald te hebben"}},
    {"mail.promise", {"promises payment", "promet de payer", "sagt Zahlung zu", "promete pagar",
			 "promette di pagare", "zegt betaling toe"}},
    {"mail.read_receipt", {"read", "lu", "gelesen", "leído", "letto", "gelezen"}},
    {"mail.redirect", {"names another contact", "indique un autre contact", "nennt andere Stelle",
			  "indica otro contacto", "indica un altro contatto", "noemt een ander contact"}},
    {"mail.remittance", {"payment advice", "avis de paiement", "Zahlungsavis", "aviso de pago",
			    "avviso di pagamento", "betalingsbericht"}},
    {"mail.request", {"asks for something", "demande une pièce", "bittet um Unterlagen", "pide un documento",
			 "chiede un documento", "vraagt een stuk"}},
    {"mail.ticket", {"ticket opened", "ticket ouvert", "Ticket eröffnet", "tique abierto", "ticket aperto",
			"ticket geopend"}},
    {"order.already", {"it was so already", "c’était déjà le cas", "war schon so", "ya era así",
			  "era già così", "was al zo"}},
    {"order.ambiguous", {"several things have this name", "plusieurs portent ce nom", "mehrere heißen so",
			    "varios tienen ese nombre", "più d’uno ha questo nome", "meerdere heten zo"}},
    {"order.amount",
	{"this amount cannot be right", "ce montant n’est pas possible", "dieser Betrag kann nicht stimmen",
	    "ese importe no es posible", "questo importo non è possibile", "dit bedrag kan niet kloppen"}},
    {"order.date",
	{"this date cannot be right", "cette date n’est pas possible", "dieses Datum kann nicht stimmen",
	    "esa fecha no es posible", "questa data non è possibile", "deze datum kan niet kloppen"}},
    {"order.done", {"done", "fait", "erledigt", "hecho", "fatto", "gedaan"}},
    {"order.refused", {"refused", "refusé", "abgelehnt", "rechazado", "rifiutato", "geweigerd"}},
    {"order.unknown",
	{"there is nothing of this name or number", "rien de ce nom ou numéro",
	    "nichts unter diesem Namen oder dieser Nummer", "no hay nada con ese nombre o número",
	    "nulla con questo nome o numero", "niets met deze naam of dit nummer"}},
    {"reason.already_credited", {"already credited", "déjà créditée", "bereits gutgeschrieben", "ya abonada",
				    "già accreditata", "al gecrediteerd"}},
    {"reason.duplicate", {"invoiced twice", "facturée deux fois", "doppelt berechnet", "facturada dos veces",
			     "fatturata due volte", "dubbel gefactureerd"}},
    {"reason.not_delivered",
	{"not delivered", "non livré", "nicht geliefert", "no entregado", "non consegnato", "niet geleverd"}},
    {"reason.not_ordered",
	{"not ordered", "non commandé", "nicht bestellt", "no pedido", "non ordinato", "niet besteld"}},
    {"reason.other",
	{"other reason", "autre motif", "anderer Grund", "otro motivo", "altro motivo", "andere reden"}},
    {"reason.price", {"price", "prix", "Preis", "precio", "prezzo", "prijs"}},
    {"reason.quality", {"quality", "qualité", "Qualität", "calidad", "qualità", "kwaliteit"}},
    {"reason.quantity", {"quantity", "quantité", "Menge", "cantidad", "quantità", "hoeveelheid"}},
    {"reason.refusal", {"refuses to pay", "refus de payer", "verweigert Zahlung", "se niega a pagar",
			   "rifiuta di pagare", "weigert te betalen"}},
    {"reason.tax", {"tax", "TVA", "Steuer", "impuestos", "imposte", "btw"}},
    {"reason.terms", {"terms", "conditions", "Bedingungen", "condiciones", "condizioni", "voorwaarden"}},
    {"reason.wrong_party", {"wrong party", "mauvais destinataire", "falscher Empfänger",
			       "destinatario equivocado", "destinatario errato", "verkeerde partij"}},
    {"step.call", {"telephone call", "appel", "Anruf", "llamada", "telefonata", "telefoontje"}},
    {"step.courtesy", {"courtesy note", "note de courtoisie", "Zahlungshinweis", "aviso de cortesía",
			  "promemoria", "betalingsbericht"}},
    {"step.firm-reminder",
	{"firm reminder", "relance ferme", "Mahnung", "reclamación", "sollecito formale", "aanmaning"}},
    {"step.first-reminder", {"first reminder", "première relance", "Zahlungserinnerung",
				"primer recordatorio", "primo sollecito", "eerste herinnering"}},
    {"step.formal-notice", {"formal notice", "mise en demeure", "letzte Fristsetzung", "requerimiento",
			       "messa in mora", "ingebrekestelling"}},
    {"step.legal", {"legal steps", "voie judiciaire", "rechtliche Schritte", "vía judicial", "vie legali",
		       "juridische stappen"}},
    {"step.second-reminder", {"second reminder", "deuxième relance", "zweite Erinnerung",
				 "segundo recordatorio", "secondo sollecito", "tweede herinnering"}},
    {"step.warning",
	{"warning", "avertissement", "letzte Mahnung", "último aviso", "ultimo avviso", "laatste aanmaning"}},
    {"task.address", {"Address to find", "Adresse à trouver", "Adresse zu suchen", "Dirección por encontrar",
			 "Indirizzo da trovare", "Adres te zoeken"}},
    {"task.approve",
	{"To decide", "À décider", "Zu entscheiden", "Por decidir", "Da decidere", "Te beslissen"}},
    {"task.bank_change", {"Bank details to verify", "Coordonnées bancaires à vérifier",
			     "Bankverbindung zu prüfen", "Datos bancarios por verificar",
			     "Coordinate bancarie da verificare", "Bankgegevens te controleren"}},
    {"task.bank_data", {"Bank details to verify", "Coordonnées bancaires à vérifier",
			   "Bankverbindung zu prüfen", "Datos bancarios por verificar",
			   "Coordinate bancarie da verificare", "Bankgegevens te controleren"}},
    {"task.call", {"Call", "Appel à passer", "Anruf", "Llamada", "Telefonata", "Telefoontje"}},
    {"task.delay", {"Delay asked for", "Délai demandé", "Aufschub erbeten", "Aplazamiento solicitado",
		       "Dilazione richiesta", "Uitstel gevraagd"}},
    {"task.dispute", {"Dispute to settle", "Litige à régler", "Einwand zu klären", "Disputa por resolver",
			 "Contestazione da risolvere", "Geschil op te lossen"}},
    {"task.due_date", {"Due date to check", "Échéance à vérifier", "Fälligkeit zu prüfen",
			  "Vencimiento por comprobar", "Scadenza da verificare", "Vervaldag te controleren"}},
    {"task.duplicate", {"Invoice twice?", "Facture en double ?", "Rechnung doppelt?", "¿Factura duplicada?",
			   "Fattura doppia?", "Factuur dubbel?"}},
    {"task.failed", {"Mail not sent", "Message non envoyé", "Mail nicht gesendet", "Correo no enviado",
			"Messaggio non inviato", "Mail niet verzonden"}},
    {"task.insolvency",
	{"Insolvency: claim to declare", "Procédure collective : créance à déclarer",
	    "Insolvenz: Forderung anmelden", "Concurso: comunicar el crédito",
	    "Procedura concorsuale: credito da insinuare", "Insolventie: vordering indienen"}},
    {"task.legal", {"Legal matter", "Dossier juridique", "Rechtssache", "Asunto jurídico", "Pratica legale",
		       "Juridische zaak"}},
    {"task.letter", {"Letter to post", "Lettre à poster", "Brief aufzugeben", "Carta por enviar",
			"Lettera da spedire", "Brief te posten"}},
    {"task.request", {"Document to send", "Document à envoyer", "Unterlage zu senden", "Documento por enviar",
			 "Documento da inviare", "Document te sturen"}},
    {"task.review", {"Answer to read", "Réponse à lire", "Antwort zu lesen", "Respuesta por leer",
			"Risposta da leggere", "Antwoord te lezen"}},
    {"task.submission",
	{"Did it leave? See the mail log", "Parti ou non ? Voir le journal", "Abgegangen? Siehe Mail-Log",
	    "¿Salió? Ver el registro", "Partito? Vedere il log", "Vertrokken? Zie het maillog"}},
    {"task.unreadable", {"Invoice not readable", "Facture illisible", "Rechnung nicht lesbar",
			    "Factura ilegible", "Fattura illeggibile", "Factuur onleesbaar"}},
};

static int compare(const void *name, const void *word)
{
	return strcmp(name, ((const struct word *)word)->name);
}

const char *notice_word(const char *language, const char *kind, const char *name)
{
	char whole[64];
	int length = snprintf(whole, sizeof whole, "%s.%s", kind, name);
	const struct word *word = length > 0 && length < (int)sizeof whole
				      ? bsearch(whole, words, ARRAY_LENGTH(words), sizeof *words, compare)
				      : NULL;
	if (!word)
		return name;
	for (int i = 0; i < LANGUAGE_COUNT; i++)
		if (strcmp(language, languages[i]) == 0)
			return word->in[i];
	return word->in[ENGLISH];
}
