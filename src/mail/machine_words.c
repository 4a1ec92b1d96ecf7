#include "base/base.h"
#include "mail/machine_words.h"

#include "mail/folded.h"

/* What is longer is no receipt. */
#define MACHINE_TEXT_MAX 4000

static const char *const receipt_subjects[] = {"read:", "not read:", "read receipt", "return receipt",
    "displayed:", "lu:", "lu :", "lue:", "lue :", "non lu:", "non lu :", "accusé de réception",
    "accusé de lecture", "confirmation de lecture",
    "gelesen:", "ungelesen:", "nicht gelesen:", "lesebestätigung", "empfangsbestätigung",
    "leído:", "no leído:", "confirmación de lectura", "acuse de recibo",
    "letto:", "non letto:", "da leggere:", "conferma di lettura", "ricevuta di ritorno",
    "ricevuta di lettura", "gelezen:", "niet gelezen:", "leesbevestiging", "ontvangstbevestiging"};

static const char *const receipt_words[] = {"was read on", "was received by", "was displayed on",
    "has been displayed", "was deleted without being read", "return receipt", "read receipt",
    "no guarantee that the message has been read", "a été lu le", "a été lu par", "a été affiché",
    "a été reçu par", "a été ouvert", "a été supprimé sans", "accusé de réception pour",
    "accusé de lecture pour", "confirmation de lecture pour", " gelesen.", "wurde gelesen", "gelesen am",
    "wurde empfangen von", "angezeigt wurde", "wurde angezeigt", "ungelesen gelöscht",
    "empfangsbestätigung für", "lesebestätigung für", "se ha leído", "fue leído", "ha sido leído",
    "fue recibido por", "se leyó el", "se mostró", "se eliminó sin", "è stato letto", "è stata letta",
    "è stato visualizzato", "è stato ricevuto da", "è stato eliminato senza", "is gelezen", "werd gelezen",
    "is weergegeven", "werd weergegeven", "is ontvangen door", "is verwijderd zonder"};

static const char *const hold_words[] = {"verif", "vérif", "verify", "confirm", "bestätig", "is being held",
    "has been held", "on hold", "quarantine", "quarantaine", "quarantäne", "cuarentena", "quarantena",
    "mis en attente", "zurückgehalten", "retenido", "trattenuto", "vastgehouden", "bevestig"};

static const char *const human_words[] = {"you are human", "you are a human", "you are a real person",
    "you're human", "not a robot", "not a spammer", "que vous êtes humain", "que vous êtes un humain",
    "n'êtes pas un robot", "vous authentifier et que votre message", "ein mensch sind", "kein roboter",
    "kein spammer", "que es humano", "que es una persona", "no es un robot", "essere umano", "sei umano",
    "non sei un robot", "non è un robot", "een mens bent", "geen robot"};

/* In lower case, white space as single blanks, the typographic apostrophe as '; g_free. */
static char *plain_words(const char *text)
{
	char *lower = g_utf8_strdown(text, (gssize)strnlen(text, MACHINE_TEXT_MAX + 1));
	GString *words = g_string_new(NULL);
	for (const char *at = lower; *at; at++) {
		bool is_blank = g_ascii_isspace(*at);
		if (!strncmp(at, "\xe2\x80\x99", 3)) {
			g_string_append_c(words, '\'');
			at += 2;
		} else if (!is_blank || (words->len && words->str[words->len - 1] != ' ')) {
			g_string_append_c(words, is_blank ? ' ' : *at);
		}
	}
	g_free(lower);
	return g_string_free(words, FALSE);
}

static bool is_said(const char *text, const char *const list[], size_t count)
{
	char *words = plain_words(text);
	bool found = find_within(words, list, count) != NULL;
	g_free(words);
	return found;
}

bool machine_words_are_receipt(const char *subject, const char *text)
{
	if (!subject || strlen(text) > MACHINE_TEXT_MAX)
		return false;
	char *words = plain_words(subject);
	bool named = false;
	for (size_t i = 0; i < ARRAY_LENGTH(receipt_subjects) && !named; i++)
		named = g_str_has_prefix(words, receipt_subjects[i]);
	g_free(words);
	return named && is_said(text, receipt_words, ARRAY_LENGTH(receipt_words));
}

bool machine_words_are_challenge(const char *subject, const char *text)
{
	if (strlen(text) > MACHINE_TEXT_MAX || !is_said(text, human_words, ARRAY_LENGTH(human_words)))
		return false;
	return is_said(text, hold_words, ARRAY_LENGTH(hold_words)) ||
	       (subject && is_said(subject, hold_words, ARRAY_LENGTH(hold_words)));
}
