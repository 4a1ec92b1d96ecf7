#include "base/base.h"
#include "report/words.h"

enum { FRENCH, GERMAN, SPANISH, ITALIAN, DUTCH, LANGUAGE_COUNT };
static const char *const languages[LANGUAGE_COUNT] = {
    [FRENCH] = "fr", [GERMAN] = "de", [SPANISH] = "es", [ITALIAN] = "it", [DUTCH] = "nl"};

/* In the order of strcmp. */
static const struct word {
	const char *english;
	const char *in[LANGUAGE_COUNT];
} words[] = {
    {"1-30 days", {"1-30 jours", "1-30 Tage", "1-30 días", "1-30 giorni", "1-30 dagen"}},
    {"About", {"Concerne", "Betrifft", "Sobre", "Riguarda", "Betreft"}},
    {"Address", {"Adresse", "Adresse", "Dirección", "Indirizzo", "Adres"}},
    {"Amount", {"Montant", "Betrag", "Importe", "Importo", "Bedrag"}},
    {"Answer", {"Réponse", "Antwort", "Respuesta", "Risposta", "Antwoord"}},
    {"Average days late", {"Retard moyen (jours)", "Verspätung im Mittel (Tage)", "Retraso medio (días)",
			      "Ritardo medio (giorni)", "Gemiddeld te laat (dagen)"}},
    {"Bad", {"Erronés", "Fehlerhaft", "Erróneos", "Errati", "Fout"}},
    {"By", {"Par", "Durch", "Por", "Da", "Door"}},
    {"Cash to expect", {"Encaissements attendus", "Erwartete Zahlungen", "Cobros previstos", "Incassi attesi",
			   "Verwachte betalingen"}},
    {"Changed", {"Modifiés", "Geändert", "Cambiados", "Modificati", "Gewijzigd"}},
    {"Check", {"Contrôle", "Prüfung", "Control", "Controllo", "Controle"}},
    {"Company", {"Société", "Firma", "Empresa", "Società", "Bedrijf"}},
    {"Contacts", {"Contacts", "Kontakte", "Contactos", "Contatti", "Contacten"}},
    {"Could not be read (relance retry)",
	{"Illisibles (relance retry)", "Nicht lesbar (relance retry)", "Ilegibles (relance retry)",
	    "Illeggibili (relance retry)", "Onleesbaar (relance retry)"}},
    {"Count", {"Nombre", "Anzahl", "Número", "Numero", "Aantal"}},
    {"Country", {"Pays", "Land", "País", "Paese", "Land"}},
    {"Currency", {"Devise", "Währung", "Moneda", "Valuta", "Valuta"}},
    {"Customer", {"Client", "Kunde", "Cliente", "Cliente", "Klant"}},
    {"Daemon", {"Démon", "Dienst", "Demonio", "Demone", "Daemon"}},
    {"Date", {"Date", "Datum", "Fecha", "Data", "Datum"}},
    {"Days", {"Jours", "Tage", "Días", "Giorni", "Dagen"}},
    {"Days late",
	{"Jours de retard", "Tage Verzug", "Días de retraso", "Giorni di ritardo", "Dagen te laat"}},
    {"Days over", {"Jours passés", "Tage darüber", "Días pasados", "Giorni oltre", "Dagen over"}},
    {"Delivery", {"Distribution", "Zustellung", "Entrega", "Consegna", "Bezorging"}},
    {"Detail", {"Détail", "Einzelheit", "Detalle", "Dettaglio", "Detail"}},
    {"Direction", {"Sens", "Richtung", "Sentido", "Direzione", "Richting"}},
    {"Disputed", {"Contesté", "Strittig", "Disputado", "Contestato", "Betwist"}},
    {"Disputes", {"Litiges", "Einwände", "Disputas", "Contestazioni", "Geschillen"}},
    {"Document", {"Document", "Dokument", "Documento", "Documento", "Document"}},
    {"Done on", {"Faite le", "Getan am", "Hecho el", "Fatto il", "Gedaan op"}},
    {"Due", {"Échéance", "Fällig", "Vencimiento", "Scadenza", "Vervaldag"}},
    {"Entries", {"Écritures", "Buchungen", "Asientos", "Registrazioni", "Boekingen"}},
    {"Entry", {"Écriture", "Buchung", "Asiento", "Registrazione", "Boeking"}},
    {"Events", {"Événements", "Ereignisse", "Eventos", "Eventi", "Gebeurtenissen"}},
    {"Evidence", {"Preuve", "Beleg", "Prueba", "Prova", "Bewijs"}},
    {"Expected", {"Attendu", "Erwartet", "Previsto", "Atteso", "Verwacht"}},
    {"Failure", {"Échec", "Fehler", "Fallo", "Errore", "Fout"}},
    {"File", {"Fichier", "Datei", "Fichero", "File", "Bestand"}},
    {"From", {"De", "Von", "De", "Da", "Van"}},
    {"Guard", {"Garde", "Sperre", "Freno", "Blocco", "Rem"}},
    {"Held", {"Retenu", "Angehalten", "Retenido", "Trattenuto", "Vastgehouden"}},
    {"Held by", {"Retenu par", "Angehalten durch", "Retenido por", "Trattenuto da", "Vastgehouden door"}},
    {"Held until",
	{"Retenu jusqu'au", "Angehalten bis", "Retenido hasta", "Trattenuto fino al", "Vastgehouden tot"}},
    {"Holds", {"Suspensions", "Sperren", "Retenciones", "Sospensioni", "Stops"}},
    {"Invoice", {"Facture", "Rechnung", "Factura", "Fattura", "Factuur"}},
    {"Invoices", {"Factures", "Rechnungen", "Facturas", "Fatture", "Facturen"}},
    {"Issued", {"Émise le", "Ausgestellt", "Emitida", "Emessa", "Uitgereikt"}},
    {"Kept", {"Gardé", "Behalten", "Guardado", "Tenuto", "Bewaard"}},
    {"Kind", {"Genre", "Art", "Tipo", "Tipo", "Soort"}},
    {"Known", {"Connus", "Bekannt", "Conocidos", "Noti", "Bekend"}},
    {"Lacks", {"Il manque", "Es fehlt", "Falta", "Manca", "Ontbreekt"}},
    {"Ladder", {"Échelle", "Stufenplan", "Escala", "Scala", "Ladder"}},
    {"Language", {"Langue", "Sprache", "Idioma", "Lingua", "Taal"}},
    {"Last answer",
	{"Dernière réponse", "Letzte Antwort", "Última respuesta", "Ultima risposta", "Laatste antwoord"}},
    {"Last event",
	{"Dernier événement", "Letztes Ereignis", "Último evento", "Ultimo evento", "Laatste gebeurtenis"}},
    {"Last step", {"Dernière étape", "Letzter Schritt", "Último paso", "Ultimo passo", "Laatste stap"}},
    {"Late", {"Retard", "Verzug", "Retraso", "Ritardo", "Te laat"}},
    {"Later than usual", {"Au-delà de l'habitude", "Später als üblich", "Más tarde de lo usual",
			     "Più tardi del solito", "Later dan gewoonlijk"}},
    {"Left", {"Parti", "Abgegangen", "Salido", "Partito", "Vertrokken"}},
    {"Made on", {"Faite le", "Gegeben am", "Hecha el", "Fatta il", "Gedaan op"}},
    {"Mail domain", {"Domaine", "Domain", "Dominio", "Dominio", "Domein"}},
    {"Mails seen", {"Courriels vus", "Gesehene Mails", "Correos vistos", "Messaggi visti", "Geziene mails"}},
    {"Message", {"Message", "Nachricht", "Mensaje", "Messaggio", "Bericht"}},
    {"Messages", {"Messages", "Nachrichten", "Mensajes", "Messaggi", "Berichten"}},
    {"Missed", {"Manqués", "Verpasst", "Perdidos", "Persi", "Gemist"}},
    {"Money", {"Argent", "Geld", "Dinero", "Denaro", "Geld"}},
    {"Name", {"Nom", "Name", "Nombre", "Nome", "Naam"}},
    {"New", {"Nouveaux", "Neu", "Nuevos", "Nuovi", "Nieuw"}},
    {"Next step", {"Prochaine étape", "Nächster Schritt", "Próximo paso", "Prossimo passo", "Volgende stap"}},
    {"Not due", {"Non échu", "Nicht fällig", "No vencido", "Non scaduto", "Niet vervallen"}},
    {"Not readable", {"Illisibles", "Nicht lesbar", "Ilegibles", "Illeggibili", "Onleesbaar"}},
    {"Not sent", {"Non envoyées", "Nicht gesendet", "No enviados", "Non inviati", "Niet verzonden"}},
    {"Open", {"Ouvert", "Offen", "Pendiente", "Aperto", "Open"}},
    {"Open invoices",
	{"Factures ouvertes", "Offene Rechnungen", "Facturas pendientes", "Fatture aperte", "Open facturen"}},
    {"Open tasks", {"Tâches", "Offene Aufgaben", "Tareas", "Compiti", "Open taken"}},
    {"Opened on", {"Ouvert le", "Eröffnet am", "Abierta el", "Aperta il", "Geopend op"}},
    {"Order", {"Commande", "Bestellung", "Pedido", "Ordine", "Bestelling"}},
    {"Other addresses",
	{"Autres adresses", "Andere Adressen", "Otras direcciones", "Altri indirizzi", "Andere adressen"}},
    {"Outcome", {"Résultat", "Ergebnis", "Resultado", "Esito", "Uitkomst"}},
    {"Over 90", {"Plus de 90", "Über 90", "Más de 90", "Oltre 90", "Meer dan 90"}},
    {"Overdue", {"Échu", "Überfällig", "Vencido", "Scaduto", "Vervallen"}},
    {"Owner", {"Responsable", "Zuständig", "Responsable", "Responsabile", "Eigenaar"}},
    {"Paid invoices", {"Factures payées", "Bezahlte Rechnungen", "Facturas pagadas", "Fatture pagate",
			  "Betaalde facturen"}},
    {"Planned", {"Prévu", "Geplant", "Previsto", "Previsto", "Gepland"}},
    {"Planned on", {"Prévue le", "Geplant für", "Previsto el", "Previsto il", "Gepland op"}},
    {"Problem", {"Problème", "Problem", "Problema", "Problema", "Probleem"}},
    {"Promised", {"Promis", "Zugesagt", "Prometido", "Promesso", "Beloofd"}},
    {"Promised for", {"Promis pour le", "Zugesagt für", "Prometido para", "Promesso per", "Beloofd voor"}},
    {"Promises", {"Promesses", "Zusagen", "Promesas", "Promesse", "Beloften"}},
    {"Promises broken", {"Promesses rompues", "Gebrochene Zusagen", "Promesas rotas", "Promesse mancate",
			    "Gebroken beloften"}},
    {"Promises kept", {"Promesses tenues", "Gehaltene Zusagen", "Promesas cumplidas", "Promesse mantenute",
			  "Nagekomen beloften"}},
    {"Reason", {"Motif", "Grund", "Motivo", "Motivo", "Reden"}},
    {"Reference", {"Référence", "Referenz", "Referencia", "Riferimento", "Referentie"}},
    {"Reminder", {"Relance", "Mahnung", "Reclamación", "Sollecito", "Herinnering"}},
    {"Reminders", {"Relances", "Mahnungen", "Reclamaciones", "Solleciti", "Herinneringen"}},
    {"Result", {"Résultat", "Ergebnis", "Resultado", "Risultato", "Resultaat"}},
    {"Role", {"Rôle", "Rolle", "Papel", "Ruolo", "Rol"}},
    {"Running total", {"Cumul", "Laufende Summe", "Acumulado", "Progressivo", "Lopend totaal"}},
    {"Sending", {"Envoi", "Versand", "Envío", "Invio", "Verzending"}},
    {"Set on", {"Posée le", "Gesetzt am", "Puesta el", "Posta il", "Gezet op"}},
    {"Settled on", {"Réglé le", "Erledigt am", "Resuelta el", "Chiusa il", "Afgehandeld op"}},
    {"Since", {"Depuis", "Seit", "Desde", "Dal", "Sinds"}},
    {"Situation", {"Situation", "Lage", "Situación", "Situazione", "Situatie"}},
    {"State", {"État", "Stand", "Estado", "Stato", "Toestand"}},
    {"Step", {"Étape", "Schritt", "Paso", "Passo", "Stap"}},
    {"Subject", {"Objet", "Betreff", "Asunto", "Oggetto", "Onderwerp"}},
    {"Sure", {"Sûr", "Sicher", "Seguro", "Sicuro", "Zeker"}},
    {"Taken incoming",
	{"Pris entrants", "Erfasst eingehend", "Tomados entrantes", "Presi in arrivo", "Genomen inkomend"}},
    {"Taken outgoing",
	{"Pris sortants", "Erfasst ausgehend", "Tomados salientes", "Presi in uscita", "Genomen uitgaand"}},
    {"Task", {"Tâche", "Aufgabe", "Tarea", "Compito", "Taak"}},
    {"Tasks", {"Tâches", "Aufgaben", "Tareas", "Compiti", "Taken"}},
    {"Timeline", {"Chronologie", "Verlauf", "Cronología", "Cronologia", "Tijdlijn"}},
    {"To", {"À", "An", "A", "A", "Aan"}},
    {"To review", {"À revoir", "Zu prüfen", "Por revisar", "Da rivedere", "Te bekijken"}},
    {"Total", {"Total", "Summe", "Total", "Totale", "Totaal"}},
    {"Unread", {"Non lus", "Ungelesen", "Sin leer", "Non letti", "Ongelezen"}},
    {"Until", {"Jusqu'au", "Bis", "Hasta", "Fino al", "Tot"}},
    {"VAT id", {"N° TVA", "USt-IdNr.", "NIF-IVA", "Partita IVA", "Btw-nummer"}},
    {"Wait for approval",
	{"À approuver", "Warten auf Freigabe", "Por aprobar", "Da approvare", "Wachten op akkoord"}},
    {"Warnings", {"Avertissements", "Warnungen", "Avisos", "Avvisi", "Waarschuwingen"}},
    {"Week from", {"Semaine du", "Woche ab", "Semana del", "Settimana dal", "Week van"}},
    {"What", {"Quoi", "Was", "Qué", "Cosa", "Wat"}},
    {"What holds it", {"Ce qui la retient", "Was sie anhält", "Qué lo retiene", "Che cosa lo trattiene",
			  "Wat het vasthoudt"}},
    {"What will be done",
	{"Ce qui sera fait", "Was getan wird", "Lo que se hará", "Che cosa sarà fatto", "Wat er gebeurt"}},
    {"When", {"Quand", "Wann", "Cuándo", "Quando", "Wanneer"}},
    {"Whole customer",
	{"Tout le client", "Ganzer Kunde", "Todo el cliente", "Tutto il cliente", "Hele klant"}},
    {"Why", {"Pourquoi", "Warum", "Por qué", "Perché", "Waarom"}},
    {"Words", {"Mots", "Worte", "Palabras", "Parole", "Woorden"}},
    {"Written", {"Écrite", "Geschrieben", "Escrito", "Scritto", "Geschreven"}},
    {"no", {"non", "nein", "no", "no", "nee"}},
    {"yes", {"oui", "ja", "sí", "sì", "ja"}},
};

static int language_of(const char *language)
{
	for (int i = 0; language != NULL && i < LANGUAGE_COUNT; i++)
		if (strcmp(languages[i], language) == 0)
			return i;
	return -1;
}

bool words_has_language(const char *language)
{
	return strcmp(language, "en") == 0 || language_of(language) >= 0;
}

static int by_english(const void *text, const void *word)
{
	return strcmp(text, ((const struct word *)word)->english);
}

const char *words_in(const char *language, const char *text)
{
	int in = language_of(language);
	if (in < 0)
		return text;
	const struct word *word = bsearch(text, words, ARRAY_LENGTH(words), sizeof *words, by_english);
	return word != NULL ? word->in[in] : text;
}
