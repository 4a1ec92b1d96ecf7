#include "base/base.h"
#include "mail/bounce_text.h"

#include "mail/address.h"
#include "mail/delivery_reason.h"
#include "mail/delivery_status.h"
#include "mail/folded.h"
#include "mail/thread_ids.h"

/* Report texts above this are cut: what matters stands on top. */
#define REPORT_MAX     65536
#define DIAGNOSTIC_MAX 800

/* Beginnings of folded lines behind which the returned mail stands. */
static const char *const original_markers[] = {"--- below this line is a copy", "------ this is a copy of",
    "--- the header of the original", "----- original message follows", "----- unsent message follows",
    "--- original message follows", "----- message header follows", "----- undelivered message follows",
    "----- the body of the message is",
    "original message headers:", "original message header:", "--- enclosed is a copy of the message",
    "--- undelivered message follows", "-------original message", "------ original message",
    "----- original message -----", "original message:", "original message follows",
    "--- original message ---", "content-description: undelivered", "--- a copy of the message",
    "below is a copy of the original message", "--- attached is a copy", "------ this is a copy",
    "your original message", "the original message follows", "message header:", "received: from",
    "received: by", "return-path: <", "--- mensaje original", "message headers follow",
    "included is a copy of", "en-têtes du message d'origine", "ursprüngliche nachrichtenkopfzeilen",
    "ursprüngliche nachrichtenköpfe", "encabezados de mensajes originales",
    "intestazioni dei messaggi originali", "oorspronkelijke berichtkoppen", "------- returned message",
    "- returned message", "----- returned message", "-- original message", "the first part of the message",
    "--- original message"};

static const char *const failure_subjects[] = {"undeliver", "undelivered", "non recapitabile",
    "mail delivery fail", "mail delivery system", "mail delivery status", "delivery status notif",
    "delivery failure", "delivery notification", "delivery report", "delivery has failed", "delivery failed",
    "delivery error", "returned mail", "mail returned", "return to sender", "returned to sender",
    "failure notice", "failure delivery", "failed mail", "mail failure", "mail error", "mail system error",
    "message delivery", "non delivery", "non-delivery", "nondelivery", "notification d'état de remise",
    "non remis", "non distribu", "non-remise", "échec de la remise", "échec de remise", "echec de la remise",
    "échec d'envoi", "message non délivré", "courrier non distribu", "unzustellbar", "nicht zustellbar",
    "unzustellbarkeit", "zustellung fehlgeschlagen", "übermittlungsstatus", "fehler bei der zustellung",
    "nicht zugestellt", "konnte nicht zugestellt", "no se puede entregar", "no entregado",
    "notificación de estado de entrega", "error de entrega", "devuelto", "mancata consegna",
    "mancato recapito", "notifica sullo stato", "non consegnat", "onbestelbaar", "niet bezorgd",
    "niet afgeleverd", "kan niet worden afgeleverd", "unable to deliver", "could not be delivered",
    "cannot be delivered", "can't be delivered", "not delivered", "wasn't delivered", "not been delivered",
    "user unknown", "host unknown", "warning: could not send", "warning: message", "delayed mail",
    "delivery delayed", "message delayed", "message status", "permanent failure", "problème de remise",
    "error sending", "mail could not", "message could not", "bounced", "bounce notif",
    "status of your message", "nondeliverable", "failed delivery", "could not send message",
    "rejected:", "message rejected", "mail rejected", "delivery problem"};

static const char *const failure_words[] = {"invalid user address", "error message below", "no such user",
    "did not reach the following", "failed addresses follow", "trouble delivering your message",
    "error has occurred while attempting to deliver", "delivery errors", "error delivering your mail",
    "could not be delivered", "couldn't be delivered", "can not be delivered", "cannot be delivered",
    "was not delivered", "wasn't delivered", "not been delivered", "unable to deliver",
    "wasn't able to deliver", "was not able to deliver", "could not deliver", "cannot deliver",
    "undeliverable", "delivery failed", "delivery has failed", "delivery failure", "failed to deliver",
    "permanent error", "permanent fatal error", "permanent failure", "fatal error", "transient non-fatal",
    "not deliverable", "non è stato consegnato", "non può essere consegnato", "n'a pas pu être distribué",
    "n'a pu être distribué", "n'a pas été distribué", "no pudo ser entregado", "no ha podido ser entregado",
    "nicht ausgeliefert werden", "kon niet worden afgeleverd", "did not reach", "delivery to the following",
    "transcript of session", "was undeliverable", "returned to sender", "mail system", "delivery attempt",
    "failed permanently", "rejected your message", "rejected by", "has been rejected", "user unknown",
    "n'a pas pu être remis", "n'a pas pu être délivré", "échec de la remise", "impossible de remettre",
    "remise a échoué", "konnte nicht zugestellt", "fehler bei der nachrichtenzustellung",
    "zustellung ist fehlgeschlagen", "unzustellbar", "no se pudo entregar", "no se ha podido entregar",
    "error de entrega", "impossibile recapitare", "non è stato recapitato", "non può essere recapitato",
    "recapito non riuscito", "kan niet worden bezorgd", "niet worden afgeleverd", "kon niet worden bezorgd",
    "bezorging is mislukt", "delivery temporarily", "has been delayed", "still being retried"};

static const char *const delay_words[] = {"delivery delayed", "delayed mail", "message delayed",
    "has been delayed", "delivery is delayed", "not yet been delivered", "not been delivered yet",
    "will be retried", "will keep trying", "will continue to try", "still trying", "still being retried",
    "you do not need to resend", "do not need to resend", "no action is required on your part",
    "this is a warning message only", "this is only a warning", "warning message only",
    "warning: could not send message for past", "delivery status notification (delay", "(retrying)",
    "temporarily delayed", "delivery attempts will continue", "verzögert", "noch nicht zugestellt",
    "weitere zustellversuche", "remise retardée", "remise différée", "nouvelle tentative sera",
    "nouvelles tentatives seront", "neuer zustellversuch", "nuevo intento", "nuovo tentativo",
    "nieuwe poging", "pas encore été remis", "a été retardé", "tentatives de remise vont se poursuivre",
    "entrega retrasada", "se ha retrasado", "consegna ritardata", "in ritardo", "ritardata", "ritardato",
    "non è ancora stato recapitato", "non è ancora stata recapitata", "altri tentativi", "vertraagd",
    "nog niet bezorgd"};

static const char *const final_words[] = {"giving up", "given up", "gave up", "permanent error",
    "permanent failure", "message could not be delivered for", "will not be retried", "no further",
    "has been removed from the queue", "could not be delivered within", "final-recipient",
    "returned undelivered"};

static const char *const success_subjects[] = {
    "delivered:", "relayed:", "delivery status notification (success", "delivery status notification (relay",
    "successful mail delivery", "successful delivery", "delivery successful", "return receipt",
    "delivery receipt", "delivery confirmation",
    "remis :", "remis:", "relayé :", "relayé:", "accusé de remise",
    "zugestellt:", "weitergeleitet:", "relayed:", "zustellbestätigung",
    "entregado:", "retransmitido:", "confirmación de entrega",
    "recapitato:", "inoltrato:", "conferma di recapito", "conferma di consegna",
    "bezorgd:", "afgeleverd:", "doorgegeven:", "doorgestuurd:", "bezorgbevestiging"};

static const char *const success_words[] = {"was successfully delivered", "been successfully delivered",
    "were successfully delivered", "was delivered successfully", "been delivered successfully",
    "successfully delivered to", "successful mail delivery", "successfully relayed",
    "delivery to these recipients or groups is complete", "was delivered to the following recipient",
    "has been delivered to the following", "has been delivered to the recipient",
    "your message has been delivered", "successful delivery to", "no delivery notification was sent",
    "relayed to the following", "la remise à ces destinataires ou groupes est terminée",
    "a été remis aux destinataires suivants", "a été remis au destinataire", "a été remis avec succès",
    "a bien été remis", "a été délivré avec succès", "aucune notification de remise",
    "die zustellung an diese empfänger oder gruppen ist abgeschlossen",
    "die zustellung an folgende empfänger oder gruppen ist abgeschlossen", "wurde erfolgreich zugestellt",
    "erfolgreich zugestellt", "wurde den folgenden empfängern zugestellt", "keine zustellbenachrichtigung",
    "se completó la entrega a estos destinatarios", "se ha completado la entrega a estos destinatarios",
    "la entrega a estos destinatarios o grupos se ha completado", "se ha entregado correctamente",
    "ha sido entregado correctamente", "fue entregado correctamente", "entregado con éxito",
    "il recapito a questi destinatari o gruppi è completo",
    "recapito a questi destinatari o gruppi completato", "è stato recapitato correttamente",
    "è stato consegnato correttamente", "è stato consegnato con successo",
    "recapitato ai seguenti destinatari", "bezorging aan deze geadresseerden of groepen is voltooid",
    "is bezorgd bij de volgende", "is met succes bezorgd", "is succesvol afgeleverd", "is succesvol bezorgd"};

/* Only one of these, and it is not clear any more. */
static const char *const bad_words[] = {"not delivered", "not be delivered", "not been delivered",
    "undeliver", "delivery fail", "delivery has failed", "failed to", "unable to", "has been delayed",
    "still trying", "pas pu", "échec", "impossible", "nicht zugestellt", "fehlgeschlagen", "unzustellbar",
    "no se pudo", "no se ha podido", "non è stato", "non recapit", "non consegn", "niet bezorgd",
    "niet afgeleverd", "mislukt", "user unknown"};

static bool is_original_marker(const char *folded)
{
	for (size_t i = 0; i < ARRAY_LENGTH(original_markers); i++)
		if (folded[0] == original_markers[i][0] && g_str_has_prefix(folded, original_markers[i]))
			return true;
	return false;
}

static bool has_any(const char *text, const char *const list[], size_t count)
{
	char *lower = lower_text(text, strnlen(text, REPORT_MAX / 8));
	for (char *at = lower; *at; at++)
		if (g_ascii_isspace(*at))
			*at = ' ';
	bool found = find_within(lower, list, count) != NULL;
	g_free(lower);
	return found;
}

bool bounce_text_is_delay(const char *text)
{
	return has_any(text, delay_words, ARRAY_LENGTH(delay_words)) &&
	       !has_any(text, final_words, ARRAY_LENGTH(final_words));
}

bool bounce_text_is_success(const char *subject, const char *text)
{
	char *own = bounce_text_of_server(text);
	bool said = has_any(own, success_words, ARRAY_LENGTH(success_words)) ||
		    (subject && has_any(subject, success_subjects, ARRAY_LENGTH(success_subjects)));
	bool clear = said && !has_any(own, bad_words, ARRAY_LENGTH(bad_words)) && !delivery_find_reply(own) &&
		     !(subject && has_any(subject, bad_words, ARRAY_LENGTH(bad_words)));
	g_free(own);
	return clear;
}

bool bounce_text_is_relay(const char *text)
{
	static const char *const words[] = {"relayed", "no delivery notification was sent",
	    "aucune notification de remise", "keine zustellbenachrichtigung", "notificación de entrega",
	    "nessuna notifica di recapito", "geen bezorgingsmelding"};
	return has_any(text, words, ARRAY_LENGTH(words));
}

bool bounce_subject_is_usual(const char *subject)
{
	return has_any(subject, failure_subjects, ARRAY_LENGTH(failure_subjects));
}

bool bounce_text_is_usual(const char *text)
{
	return has_any(text, failure_words, ARRAY_LENGTH(failure_words));
}

/* How sure a line names a recipient. */
enum rank { RANK_NONE, RANK_MENTION, RANK_COMMAND, RANK_LINE };

static bool is_address_byte(char byte)
{
	return g_ascii_isalnum(byte) || (byte && strchr(".!#$%&'*+-/=?^_`{|}~", byte)) ||
	       (unsigned char)byte >= 0x80;
}

/* The first address in TEXT; its bounds go to START and END. */
static bool find_address(const char *text, const char **start, const char **end)
{
	for (const char *at = text; (at = strchr(at, '@')); at++) {
		const char *left = at, *right = at + 1;
		if (at > text && at[-1] == '"') { /* "a b"@c */
			left = at - 1;
			while (left > text && left[-1] != '"')
				left--;
			left -= left > text;
		} else {
			while (left > text && is_address_byte(left[-1]))
				left--;
		}
		while (g_ascii_isalnum(*right) || *right == '-' || *right == '.' ||
		       (unsigned char)*right >= 0x80)
			right++;
		while (right > at && right[-1] == '.')
			right--;
		if (left < at && right > at + 1 && *left != '=') {
			*start = left;
			*end = right;
			return true;
		}
	}
	return false;
}

/* What may surround an address that stands alone in its line. */
static enum rank rank_of(const char *line, const char *folded, const char *start, const char *end)
{
	static const char *const labels[] = {"to", "recipient", "failed recipient", "final recipient",
	    "recipient address", "intended recipient", "user", "unknown user", "addressed to",
	    "could not be delivered to", "address", "mailbox", "an", "à", "destinataire", "destinatario",
	    "empfänger", "unable to deliver message to", "could not deliver message to", "delivery failed to",
	    "failed to deliver to", "your message to", "for"};
	const char *before = line + strspn(line, " \t>*-");
	bool open = *before == '<' || *before == '"' || *before == '\'' || *before == '[';
	const char *behind = end + strspn(end, " >\"')]:,;.\t");
	bool alone_behind = !*behind || !strncmp(behind, "<mailto:", 8) || *behind == '(' || *behind == '<' ||
			    *behind == '[' || !strncmp(behind, "on ", 3) || !strncmp(behind, "..", 2);
	if (before + open == start && (alone_behind || *end == '>' || *end == ':'))
		return line[strcspn(line, "<")] == '<' || alone_behind ? RANK_LINE : RANK_MENTION;
	if (strstr(folded, "rcpt to"))
		return RANK_COMMAND;
	size_t label = strcspn(folded, ":<");
	char name[64];
	while (label && folded[label - 1] == ' ')
		label--;
	if (label < sizeof(name) && alone_behind) {
		memcpy(name, folded, label);
		name[label] = '\0';
		if (find_prefix(name, labels, ARRAY_LENGTH(labels)) && label <= 32 && strchr(folded, ':'))
			return RANK_COMMAND;
	}
	return delivery_find_reply(line) ? RANK_COMMAND : RANK_MENTION;
}

static struct delivery_recipient *find_recipient(const struct delivery *delivery, const char *address)
{
	for (unsigned i = 0; i < delivery->recipients->len; i++) {
		struct delivery_recipient *recipient = g_ptr_array_index(delivery->recipients, i);
		if (!g_ascii_strcasecmp(recipient->address, address))
			return recipient;
	}
	return NULL;
}

static void append_words(GString *words, const char *line)
{
	if (words->len >= DIAGNOSTIC_MAX)
		return;
	if (words->len)
		g_string_append_c(words, ' ');
	g_string_append(words, line);
}

struct reader {
	struct delivery *delivery;
	const char *sender;
	enum rank rank; /* only lines of this rank name recipients */
	GString *words; /* what is said about the present recipient */
	struct delivery_recipient *present;
	bool is_good; /* the recipients of this part of the text have got the mail */
};

static void end_recipient(struct reader *reader)
{
	if (reader->present && reader->words->len && !reader->present->diagnostic)
		reader->present->diagnostic =
		    g_utf8_make_valid(reader->words->str, (gssize)MIN(reader->words->len, DIAGNOSTIC_MAX));
	g_string_truncate(reader->words, 0);
	reader->present = NULL;
}

/* A local part alone ("MAILER-DAEMON") or the host of a Message-ID is no recipient. */
static bool is_plausible(const struct reader *reader, const char *address, enum rank rank)
{
	static const char *const never[] = {
	    "mailer-daemon@", "mail-daemon@", "abuse@", "support@", "helpdesk@"};
	bool sender = rank != RANK_LINE && reader->sender && !g_ascii_strcasecmp(reader->sender, address);
	for (size_t i = 0; i < ARRAY_LENGTH(never); i++)
		if (!g_ascii_strncasecmp(address, never[i], strlen(never[i])))
			return false;
	return !sender && strchr(address, '@');
}

/* "Successfully delivered to:", and further down "could not be delivered to:" */
static void note_part(struct reader *reader, const char *folded)
{
	bool is_good = find_within(folded, success_words, ARRAY_LENGTH(success_words)) != NULL;
	if ((is_good || reader->is_good) &&
	    (find_within(folded, bad_words, ARRAY_LENGTH(bad_words)) ||
		find_within(folded, failure_words, ARRAY_LENGTH(failure_words))))
		reader->is_good = false;
	else if (is_good)
		reader->is_good = true;
}

static void read_line(struct reader *reader, const char *line, const char *folded)
{
	note_part(reader, folded);
	const char *start, *end;
	enum rank rank = find_address(line, &start, &end) ? rank_of(line, folded, start, end) : RANK_NONE;
	if (rank == reader->rank && rank != RANK_NONE &&
	    reader->delivery->recipients->len < DELIVERY_MAX_RECIPIENTS) {
		char *text = g_strndup(start, (gsize)(end - start));
		char *address = address_bare(text);
		g_free(text);
		struct delivery_recipient *known = address ? find_recipient(reader->delivery, address) : NULL;
		if (known && known != reader->present) {
			end_recipient(reader);
			reader->present = known;
			g_clear_pointer(&known->diagnostic, g_free);
		} else if (address && !known && is_plausible(reader, address, rank)) {
			end_recipient(reader);
			reader->present = delivery_recipient_new(g_strdup(address));
			reader->present->action = reader->is_good ? DELIVERY_DELIVERED : DELIVERY_FAILED;
			g_ptr_array_add(reader->delivery->recipients, reader->present);
			line = rank == RANK_LINE ? end + strspn(end, " >:\"'") : line;
		}
		g_free(address);
	}
	if (reader->present && *line)
		append_words(reader->words, line);
}

/* Lines that may stand between the marker and the header of the returned mail. */
#define LINES_BEFORE_HEADER 20

/* The header of the returned mail in TEXT: from the first line that is a field on. fields_clear. */
static void returned_fields(const char *text, struct fields *fields)
{
	const char *at = text, *end = text + strnlen(text, REPORT_MAX);
	fields_init(fields, at, 0);
	for (unsigned i = 0; i < LINES_BEFORE_HEADER && at < end && !fields->list->len; i++) {
		fields_clear(fields);
		fields_init(fields, at, (size_t)(end - at));
		const char *next = memchr(at, '\n', (size_t)(end - at));
		at = next ? next + 1 : end;
	}
}

char *bounce_returned_recipient(const struct fields *fields)
{
	static const char *const names[] = {
	    "X-Envelope-To", "Envelope-To", "Delivered-To", "X-Original-To", "To"};
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		char *value = fields_raw(fields, names[i]);
		char *address = value && !strchr(value, ',') ? address_bare(value) : NULL;
		g_free(value);
		if (address && strchr(address, '@'))
			return address;
		g_free(address);
	}
	return NULL;
}

static void read_returned(struct delivery *delivery, const char *text)
{
	struct fields fields;
	returned_fields(text, &fields);
	const struct field *id = fields_find(&fields, "Message-ID", 0, NULL);
	if (!delivery->original_message_id && id)
		delivery->original_message_id = thread_id_parse(id->value, id->value_length);
	char *address = delivery->recipients->len ? NULL : bounce_returned_recipient(&fields);
	if (address)
		g_ptr_array_add(delivery->recipients, delivery_recipient_new(address));
	fields_clear(&fields);
}

struct report_lines {
	struct text_lines lines;
	struct folded folded;
	size_t end; /* the line with which the returned mail begins */
	const char *returned;
};

static void report_lines_init(struct report_lines *report, const char *text)
{
	size_t length = strnlen(text, REPORT_MAX);
	text_lines_init(&report->lines);
	const char *at = text;
	while (at < text + length) {
		size_t size = MIN(strcspn(at, "\n"), (size_t)(text + length - at));
		text_lines_add(&report->lines, at, size, 0, 0);
		at += size + 1;
	}
	folded_init(&report->folded, &report->lines);
	report->end = 0;
	while (report->end < report->lines.list->len &&
	       !is_original_marker(folded_line(&report->folded, report->end)))
		report->end++;
	report->returned = report->end < report->lines.list->len
			       ? text + text_lines_at(&report->lines, report->end)->start
			       : "";
}

static void report_lines_clear(struct report_lines *report)
{
	folded_clear(&report->folded);
	text_lines_clear(&report->lines);
}

static char *line_copy(const struct report_lines *report, size_t index)
{
	const struct text_line *line = text_lines_at(&report->lines, index);
	return g_strstrip(
	    g_utf8_make_valid(text_line_text(&report->lines, line), (gssize)MIN(line->length, 2000)));
}

char *bounce_text_of_server(const char *text)
{
	struct report_lines report;
	report_lines_init(&report, text);
	char *part = g_strndup(
	    text, (gsize)(*report.returned ? (size_t)(report.returned - text) : strnlen(text, REPORT_MAX)));
	report_lines_clear(&report);
	return part;
}

char *bounce_text_message_id(const char *text)
{
	static const char *const labels[] = {"Message-ID:", "Message ID:", "Original Message-ID:"};
	const char *end = text + strnlen(text, REPORT_MAX);
	for (const char *at = text; at < end; at += strcspn(at, "\n"), at += *at == '\n') {
		const char *line = at + strspn(at, " \t>*-");
		for (size_t i = 0; i < ARRAY_LENGTH(labels); i++) {
			size_t length = strlen(labels[i]);
			if (g_ascii_strncasecmp(line, labels[i], length) != 0)
				continue;
			char *id = thread_id_parse(line + length, strcspn(line + length, "\n"));
			if (id)
				return id;
		}
	}
	return NULL;
}

unsigned bounce_text_read(struct delivery *delivery, const char *text, const char *sender)
{
	struct report_lines report;
	report_lines_init(&report, text);
	struct reader reader = {.delivery = delivery, .sender = sender, .words = g_string_new(NULL)};
	unsigned before = delivery->recipients->len;
	for (enum rank rank = RANK_LINE; rank > RANK_NONE && delivery->recipients->len == before; rank--) {
		reader.rank = rank;
		reader.is_good = false;
		for (size_t i = 0; i < report.end; i++) {
			char *line = line_copy(&report, i);
			read_line(&reader, line, folded_line(&report.folded, i));
			g_free(line);
		}
		end_recipient(&reader);
	}
	read_returned(delivery, report.returned);
	g_string_free(reader.words, TRUE);
	report_lines_clear(&report);
	return delivery->recipients->len - before;
}
