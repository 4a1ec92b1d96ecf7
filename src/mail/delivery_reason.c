#include "base/base.h"
#include "mail/delivery_reason.h"

#include <glib.h>

/*
 * In the order in which they are tried: the more special before what it contains ("quota" before "exceeded",
 * a sender's domain that is unknown before an unknown domain). Lower case.
 */
static const struct {
	const char *words;
	const char *reason;
} words_table[] = {
    /* about us, the sender, though they sound like the recipient */
    {"sender address rejected", "policy"},
    {"domain of sender", "policy"},
    {"account or domain may not exist", "no_such_domain"},
    {"recipient address rejected: access denied",
	"unknown_user"}, /* Exchange Online's for an unknown address */
    {"host not found, try again", "network"},
    {"requested action not taken: no such", "unknown_user"},
    {"mailbox exceeded the local limit", "mailbox_full"},
    {"bad destination mailbox", "unknown_user"},
    {"sender domain", "policy"},
    {"sender verify failed", "policy"},
    {"sender rejected", "policy"},
    {"unable to verify sender", "policy"},
    {"mail from domain", "policy"},
    {"invalid sender", "policy"},
    {"bad sender", "policy"},
    {"envelope sender", "policy"},
    {"sender is unknown", "policy"},
    {"your domain", "policy"},
    {"reverse dns", "blocked"},
    {"reverse hostname", "blocked"},
    {"ptr record", "blocked"},
    {"no ptr", "blocked"},
    {"rdns", "blocked"},
    {"cannot find your hostname", "blocked"},
    {"helo command rejected", "blocked"},
    {"fix reverse", "blocked"},
    {"pointer record", "blocked"},

    {"mailbox full", "mailbox_full"},
    {"mailbox is full", "mailbox_full"},
    {"mail box full", "mailbox_full"},
    {"mailbox was full", "mailbox_full"},
    {"inbox is full", "mailbox_full"},
    {"mailfolder is full", "mailbox_full"},
    {"mail folder is full", "mailbox_full"},
    {"over quota", "mailbox_full"},
    {"overquota", "mailbox_full"},
    {"over-quota", "mailbox_full"},
    {"quota exceeded", "mailbox_full"},
    {"quota has been exceeded", "mailbox_full"},
    {"exceeded quota", "mailbox_full"},
    {"exceeds quota", "mailbox_full"},
    {"exceeded the quota", "mailbox_full"},
    {"exceed the quota", "mailbox_full"},
    {"quotaexceeded", "mailbox_full"},
    {"exceeded his/her quota", "mailbox_full"},
    {"disk quota", "mailbox_full"},
    {"quota violation", "mailbox_full"},
    {"storage allocation", "mailbox_full"},
    {"exceeded storage", "mailbox_full"},
    {"exceeds allotted", "mailbox_full"},
    {"allowed storage", "mailbox_full"},
    {"mailbox size limit", "mailbox_full"},
    {"mailbox exceed", "mailbox_full"},
    {"exceeds allowed size", "mailbox_full"},
    {"mailbox has exceeded", "mailbox_full"},
    {"disk space limit", "mailbox_full"},
    {"storage limit", "mailbox_full"},
    {"not enough storage space in", "mailbox_full"},
    {"no space left in", "mailbox_full"},
    {"too much mail data", "mailbox_full"},
    {"too many messages on this mailbox", "mailbox_full"},
    {"would exceed", "mailbox_full"},
    {"insufficient disk space", "mailbox_full"},
    {"boite pleine", "mailbox_full"},
    {"boîte pleine", "mailbox_full"},
    {"boîte aux lettres pleine", "mailbox_full"},
    {"boîte aux lettres est pleine", "mailbox_full"},
    {"boîte de réception pleine", "mailbox_full"},
    {"lettres du destinataire est pleine", "mailbox_full"},
    {"boîte de réception est pleine", "mailbox_full"},
    {"boîte de réception du destinataire est pleine", "mailbox_full"},
    {"lettres est saturée", "mailbox_full"},
    {"quota dépassé", "mailbox_full"},
    {"quota de stockage dépassé", "mailbox_full"},
    {"postfach voll", "mailbox_full"},
    {"postfach ist voll", "mailbox_full"},
    {"postfach des empfängers ist voll", "mailbox_full"},
    {"postfach ist überfüllt", "mailbox_full"},
    {"speicherplatz überschritten", "mailbox_full"},
    {"buzón lleno", "mailbox_full"},
    {"buzón está lleno", "mailbox_full"},
    {"buzón de correo está lleno", "mailbox_full"},
    {"buzón del destinatario está lleno", "mailbox_full"},
    {"casella piena", "mailbox_full"},
    {"casella è piena", "mailbox_full"},
    {"casella di posta è piena", "mailbox_full"},
    {"casella del destinatario è piena", "mailbox_full"},
    {"cassetta postale piena", "mailbox_full"},
    {"cassetta postale è piena", "mailbox_full"},
    {"postvak vol", "mailbox_full"},
    {"postvak is vol", "mailbox_full"},
    {"postvak van de ontvanger is vol", "mailbox_full"},
    {"postvak zit vol", "mailbox_full"},
    {"destinataire pleine", "mailbox_full"},
    {"size limit", "too_big"},
    {"message size exceeds", "too_big"},
    {"message too large", "too_big"},
    {"message too big", "too_big"},
    {"message is too large", "too_big"},
    {"message is too big", "too_big"},
    {"maximum message size", "too_big"},
    {"message file too big", "too_big"},
    {"message length exceeds", "too_big"},
    {"exceeds maximum size", "too_big"},
    {"exceeds size limit", "too_big"},
    {"exceeded size limit", "too_big"},
    {"max message size", "too_big"},
    {"message size limit", "too_big"},
    {"exceeds the maximum", "too_big"},
    {"larger than", "too_big"},
    {"message size is", "too_big"},
    {"taille maximale", "too_big"},
    {"zu groß", "too_big"},
    {"too large", "too_big"},
    {"demasiado grande", "too_big"},
    {"troppo grande", "too_big"},
    {"te groot", "too_big"},

    {"has moved to", "has_moved"},
    {"user moved", "has_moved"},
    {"user has moved", "has_moved"},
    {"mailbox moved", "has_moved"},
    {"has moved; please try", "has_moved"},
    {"has been replaced by", "has_moved"},
    {"new address", "has_moved"},
    {"please try <", "has_moved"},
    {"user not local; please try", "has_moved"},
    {"address changed", "has_moved"},

    {"spf", "auth"},
    {"dmarc", "auth"},
    {"dkim", "auth"},
    {"unauthenticated email", "auth"},
    {"authentication required", "auth"},
    {"not authenticated", "auth"},
    {"authentication-checks", "auth"},
    {"authentication fail", "auth"},

    {"in the queue too long", "expired"},
    {"message expired", "expired"},
    {"expired", "expired"},
    {"retry timeout exceeded", "expired"},
    {"retry time not reached", "expired"},
    {"too long in queue", "expired"},
    {"delivery time exceeded", "expired"},
    {"queue lifetime", "expired"},
    {"message timed out", "expired"},
    {"delivery timeout", "expired"},
    {"has been in the queue", "expired"},
    {"been on the queue", "expired"},
    {"can not be delivered within", "expired"},
    {"failed for the last", "expired"},
    {"deliver for the last", "expired"},
    {"failing for a long time", "expired"},
    {"cannot send message for", "expired"},
    {"not accepting connections", "blocked"},
    {"cannot be delivered within", "expired"},
    {"could not be delivered for", "expired"},
    {"failed to deliver to domain", "expired"},
    {"for too long", "expired"},
    {"retried for", "expired"},
    {"could not send message for", "expired"},
    {"cannot send message for", "expired"},
    {"conversation with", "host_unreachable"},

    {"virus", "content"},
    {"malware", "content"},
    {"trojan", "content"},
    {"dangerous attachment", "content"},
    {"attachment", "content"},
    {"content rejected", "content"},
    {"invalid mime", "content"},
    {"content restriction", "content"},
    {"not rfc", "content"},
    {"rfc 5322", "content"},
    {"rfc5322", "content"},
    {"rfc 2822", "content"},
    {"rfc2822", "content"},
    {"malformed", "content"},
    {"bad header", "content"},

    {"spamhaus", "blocked"},
    {"spamcop", "blocked"},
    {"dnsbl", "blocked"},
    {"rbl", "blocked"},
    {"blacklist", "blocked"},
    {"black list", "blocked"},
    {"block list", "blocked"},
    {"blocklist", "blocked"},
    {"barracudacentral", "blocked"},
    {"reputation", "blocked"},
    {"client host rejected", "blocked"},
    {"sorbs", "blocked"},
    {"your ip", "blocked"},
    {"ip address", "blocked"},
    {"too many connections", "blocked"},
    {"rate limit", "blocked"},
    {"too many recipients", "policy"},
    {"greylist", "blocked"},
    {"graylist", "blocked"},
    {"throttl", "blocked"},
    {"temporarily deferred", "blocked"},
    {"connection rejected", "blocked"},
    {"has been blocked", "blocked"},
    {"was blocked", "blocked"},
    {"blocked by", "blocked"},
    {"blocked using", "blocked"},
    {"is blocked", "blocked"},

    {"spam", "spam"},
    {"unsolicited", "spam"},
    {"junk mail", "spam"},
    {"junk e-mail", "spam"},
    {"bulk mail", "spam"},

    {"account is disabled", "suspended"},
    {"account disabled", "suspended"},
    {"account has been disabled", "suspended"},
    {"account that you tried to reach is disabled", "suspended"},
    {"mailbox disabled", "suspended"},
    {"mailbox is disabled", "suspended"},
    {"user is disabled", "suspended"},
    {"user disabled", "suspended"},
    {"email account that you tried to reach is", "suspended"},
    {"suspended", "suspended"},
    {"inactive", "suspended"},
    {"not active", "suspended"},
    {"deactivated", "suspended"},
    {"account locked", "suspended"},
    {"mailbox locked", "suspended"},
    {"is locked", "suspended"},
    {"temporarily disabled", "suspended"},
    {"mailbox is frozen", "suspended"},
    {"mailbox frozen", "suspended"},
    {"account closed", "suspended"},
    {"dormant", "suspended"},
    {"discontinued", "suspended"},

    {"host unknown", "no_such_domain"},
    {"unknown host", "no_such_domain"},
    {"host not found", "no_such_domain"},
    {"domain not found", "no_such_domain"},
    {"no such domain", "no_such_domain"},
    {"domain does not exist", "no_such_domain"},
    {"domain doesn't exist", "no_such_domain"},
    {"unknown domain", "no_such_domain"},
    {"domain unknown", "no_such_domain"},
    {"unrouteable mail domain", "no_such_domain"},
    {"unroutable mail domain", "no_such_domain"},
    {"nxdomain", "no_such_domain"},
    {"couldn't find any host named", "no_such_domain"},
    {"could not find any host", "no_such_domain"},
    {"couldn't find any host by that name", "no_such_domain"},
    {"cname lookup", "no_such_domain"},
    {"domain must exist", "no_such_domain"},
    {"name or service not known", "no_such_domain"},
    {"name service error", "no_such_domain"},
    {"address resolution of", "no_such_domain"},
    {"illegal host/domain name", "no_such_domain"},
    {"invalid domain", "no_such_domain"},
    {"domain is not valid", "no_such_domain"},
    {"no mx or", "no_such_domain"},
    {"no mail hosts for domain", "no_such_domain"},
    {"bad destination system", "no_such_domain"},
    {"domain name not found", "no_such_domain"},
    {"no such host", "no_such_domain"},
    {"lookup failure: host", "no_such_domain"},
    {"lookup failure", "network"},
    {"domain couldn't be found", "no_such_domain"},
    {"because the domain", "no_such_domain"},
    {"has no mail exchangers", "no_such_domain"},
    {"no valid mx", "no_such_domain"},
    {"not have any mx", "no_such_domain"},
    {"null mx", "no_such_domain"},
    {"nullmx", "no_such_domain"},
    {"domaine introuvable", "no_such_domain"},
    {"domain wurde nicht gefunden", "no_such_domain"},
    {"dns error", "no_such_domain"},

    {"user unknown", "unknown_user"},
    {"unknown user", "unknown_user"},
    {"no such user", "unknown_user"},
    {"no such recipient", "unknown_user"},
    {"no such mailbox", "unknown_user"},
    {"no such person", "unknown_user"},
    {"no such address", "unknown_user"},
    {"no such account", "unknown_user"},
    {"no such local", "unknown_user"},
    {"recipient unknown", "unknown_user"},
    {"unknown recipient", "unknown_user"},
    {"unknown address", "unknown_user"},
    {"unknown mailbox", "unknown_user"},
    {"unknown account", "unknown_user"},
    {"unknown local", "unknown_user"},
    {"address unknown", "unknown_user"},
    {"addressee unknown", "unknown_user"},
    {"recipientnotfound", "unknown_user"},
    {"mailboxnotfound", "unknown_user"},
    {"recipient not found", "unknown_user"},
    {"recipient address not found", "unknown_user"},
    {"user not found", "unknown_user"},
    {"user is not found", "unknown_user"},
    {"mailbox not found", "unknown_user"},
    {"account not found", "unknown_user"},
    {"address not found", "unknown_user"},
    {"recipnotfound", "unknown_user"},
    {"name is not recognized", "unknown_user"},
    {"doesn't have a", "unknown_user"},
    {"not found in", "unknown_user"},
    {"not listed in", "unknown_user"},
    {"no mailbox here", "unknown_user"},
    {"no mailbox by that name", "unknown_user"},
    {"no mailbox", "unknown_user"},
    {"mailbox unavailable", "unknown_user"},
    {"mailbox not available", "unknown_user"},
    {"mailbox does not exist", "unknown_user"},
    {"does not exist", "unknown_user"},
    {"doesn't exist", "unknown_user"},
    {"doesnt exist", "unknown_user"},
    {"not exist", "unknown_user"},
    {"invalid recipient", "unknown_user"},
    {"invalid mailbox", "unknown_user"},
    {"invalid user", "unknown_user"},
    {"invalid address", "unknown_user"},
    {"not a valid mailbox", "unknown_user"},
    {"not a valid user", "unknown_user"},
    {"not a valid recipient", "unknown_user"},
    {"not a known user", "unknown_user"},
    {"not a recognized", "unknown_user"},
    {"is not recognized", "unknown_user"},
    {"no account", "unknown_user"},
    {"user doesn't have", "unknown_user"},
    {"user does not have", "unknown_user"},
    {"unrouteable address", "unknown_user"},
    {"unroutable address", "unknown_user"},
    {"undeliverable address", "unknown_user"},
    {"bad destination mailbox", "unknown_user"},
    {"bad recipient", "unknown_user"},
    {"bad address", "unknown_user"},
    {"no longer valid", "unknown_user"},
    {"no longer available", "unknown_user"},
    {"no longer exists", "unknown_user"},
    {"wasn't found at", "unknown_user"},
    {"couldn't be found or is invalid", "unknown_user"},
    {"couldn't be found", "unknown_user"},
    {"could not be found", "unknown_user"},
    {"user reject", "unknown_user"},
    {"recipient does not", "unknown_user"},
    {"no user by that name", "unknown_user"},
    {"does not have an account", "unknown_user"},
    {"is not a valid", "unknown_user"},
    {"left the company", "unknown_user"},
    {"adressee", "unknown_user"},
    {"destinataire inconnu", "unknown_user"},
    {"utilisateur inconnu", "unknown_user"},
    {"adresse inconnue", "unknown_user"},
    {"adresse d au moins un destinataire invalide", "unknown_user"},
    {"destinataire invalide", "unknown_user"},
    {"n'existe pas", "unknown_user"},
    {"introuvable", "unknown_user"},
    {"empfänger unbekannt", "unknown_user"},
    {"empfänger existiert nicht", "unknown_user"},
    {"benutzer unbekannt", "unknown_user"},
    {"existiert nicht", "unknown_user"},
    {"nicht gefunden", "unknown_user"},
    {"usuario desconocido", "unknown_user"},
    {"no existe", "unknown_user"},
    {"no se encontró", "unknown_user"},
    {"utente sconosciuto", "unknown_user"},
    {"destinatario sconosciuto", "unknown_user"},
    {"non esiste", "unknown_user"},
    {"onbekende gebruiker", "unknown_user"},
    {"gebruiker onbekend", "unknown_user"},
    {"bestaat niet", "unknown_user"},

    {"relaying denied", "policy"},
    {"relay not permitted", "policy"},
    {"relay access denied", "policy"},
    {"unable to relay", "policy"},
    {"not permitted to relay", "policy"},
    {"relaying not allowed", "policy"},
    {"relay denied", "policy"},
    {"no relay", "policy"},
    {"relaying", "policy"},
    {"rcpthosts", "policy"},
    {"policy", "policy"},
    {"access denied", "policy"},
    {"not allowed", "policy"},
    {"not permitted", "policy"},
    {"not authorized", "policy"},
    {"not authorised", "policy"},
    {"permission denied", "policy"},
    {"unauthorized", "policy"},
    {"prohibited", "policy"},
    {"administrat", "policy"},
    {"does not accept mail", "policy"},
    {"not accept mail", "policy"},
    {"must issue a starttls", "policy"},
    {"encryption", "policy"},
    {"restricted", "policy"},
    {"refused by", "policy"},

    {"too many hops", "network"},
    {"hop count exceeded", "network"},
    {"routing loop", "network"},
    {"mail loops back", "network"},
    {"loops back to myself", "network"},
    {"mail forwarding loop", "network"},
    {"loop detected", "network"},
    {"maximum hop", "network"},
    {"mail loop", "network"},

    {"connection refused", "host_unreachable"},
    {"connection timed out", "host_unreachable"},
    {"operation timed out", "host_unreachable"},
    {"no route to host", "host_unreachable"},
    {"network is unreachable", "host_unreachable"},
    {"network unreachable", "host_unreachable"},
    {"host unreachable", "host_unreachable"},
    {"host is unreachable", "host_unreachable"},
    {"could not connect", "host_unreachable"},
    {"couldn't establish an smtp connection", "host_unreachable"},
    {"couldn't connect", "host_unreachable"},
    {"unable to connect", "host_unreachable"},
    {"connection reset", "host_unreachable"},
    {"connection was dropped", "host_unreachable"},
    {"connection dropped", "host_unreachable"},
    {"lost connection", "host_unreachable"},
    {"no answer from host", "host_unreachable"},
    {"timed out", "host_unreachable"},
    {"i wasn't able to establish", "host_unreachable"},
    {"server unreachable", "host_unreachable"},
    {"host is down", "host_unreachable"},
    {"dns lookup", "network"},

    {"disk full", "system"},
    {"no space left", "system"},
    {"i/o error", "system"},
    {"local configuration error", "system"},
    {"configuration error", "system"},
    {"system error", "system"},
    {"internal error", "system"},
    {"internal server error", "system"},
    {"insufficient system", "system"},
    {"system resources", "system"},
    {"unexpected failure", "system"},
    {"operating system error", "system"},
    {"service unavailable", "system"},
    {"ldap", "system"},
    {"cannot open", "system"},
    {"can't create output", "system"},
    {"command died", "system"},
    {"unknown mailer error", "system"},
    {"pipe to", "system"},
    {"temporary failure", "system"},
    {"temporary error", "system"},
    {"recipient address rejected", "unknown_user"},
    {"rejected address", "unknown_user"},
    {"no valid recipients", "unknown_user"},
    {"server busy", "system"},
    {"try again later", "system"},
};

static const struct {
	const char *detail; /* behind the class: ".1.1" */
	const char *reason;
} status_table[] = {
    {".1.1", "unknown_user"},
    {".1.10", "unknown_user"},
    {".1.2", "no_such_domain"},
    {".1.3", "unknown_user"},
    {".1.4", "unknown_user"},
    {".1.6", "has_moved"},
    {".1.7", "policy"},
    {".1.8", "policy"},
    {".2.1", "suspended"},
    {".2.2", "mailbox_full"},
    {".2.3", "too_big"},
    {".3.1", "system"},
    {".3.2", "system"},
    {".3.4", "too_big"},
    {".3.5", "system"},
    {".4.1", "host_unreachable"},
    {".4.2", "host_unreachable"},
    {".4.3", "network"},
    {".4.4", "no_such_domain"},
    {".4.6", "network"},
    {".4.7", "expired"},
    {".4.14", "network"},
    {".5.3", "policy"},
    {".6.0", "content"},
    {".7.0", "policy"},
    {".7.1", "policy"},
    {".7.25", "blocked"},
    {".7.26", "auth"},
    {".7.23", "auth"},
    {".7.20", "auth"},
    {".7.8", "auth"},
    {".7.9", "auth"},
};

static const struct {
	const char *reason;
	bool permanent;
	const char *status;
} reasons[] = {
    {"unknown_user", true, "5.1.1"},
    {"no_such_domain", true, "5.1.2"},
    {"has_moved", true, "5.1.6"},
    {"mailbox_full", true, "5.2.2"},
    {"too_big", true, "5.3.4"},
    {"blocked", true, "5.7.1"},
    {"policy", true, "5.7.0"},
    {"auth", true, "5.7.0"},
    {"spam", true, "5.7.1"},
    {"suspended", true, "5.2.1"},
    {"content", true, "5.6.0"},
    {"expired", false, "4.4.7"},
    {"host_unreachable", false, "4.4.1"},
    {"network", false, "4.4.0"},
    {"system", true, "5.3.0"},
};

/* What is looked at of a text that names no recipient of its own. */
#define WORDS_MAX 4000

const char *delivery_reason_of_words(const char *text)
{
	char *lower = g_utf8_strdown(text, (gssize)strnlen(text, WORDS_MAX));
	for (char *at = lower; *at; at++) /* one line, so that wrapped words are found */
		if (g_ascii_isspace(*at))
			*at = ' ';
	const char *reason = NULL;
	for (size_t i = 0; i < ARRAY_LENGTH(words_table) && !reason; i++)
		if (strstr(lower, words_table[i].words))
			reason = words_table[i].reason;
	g_free(lower);
	return reason;
}

const char *delivery_reason_of_status(const char *status)
{
	for (size_t i = 0; i < ARRAY_LENGTH(status_table); i++)
		if (!strcmp(status + strcspn(status, "."), status_table[i].detail))
			return status_table[i].reason;
	return NULL;
}

bool delivery_reason_is_permanent(const char *reason)
{
	for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
		if (!strcmp(reason, reasons[i].reason))
			return reasons[i].permanent;
	return true;
}

const char *delivery_status_of_reason(const char *reason)
{
	for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
		if (!strcmp(reason, reasons[i].reason))
			return reasons[i].status;
	return NULL;
}

/* Digits at TEXT, at most three; 0 where there are none or more. */
static size_t short_number(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	return digits <= 3 ? digits : 0;
}

static bool stands_alone(const char *text, const char *at)
{
	if (at == text)
		return true;
	if (at[-1] == '-') /* "550-5.1.1" of a reply in several lines */
		return at - text >= 4 && g_ascii_isdigit(at[-2]) && g_ascii_isdigit(at[-4]);
	return !g_ascii_isalnum(at[-1]) && !strchr(".@/", at[-1]);
}

char *delivery_find_status(const char *text)
{
	for (const char *at = text; (at = strpbrk(at, "45")); at++) {
		if (!stands_alone(text, at) || at[1] != '.')
			continue;
		size_t subject = short_number(at + 2);
		if (!subject || at[2 + subject] != '.')
			continue;
		size_t detail = short_number(at + 3 + subject);
		const char *end = at + 3 + subject + detail;
		bool goes_on = g_ascii_isalnum(*end) || (*end == '.' && g_ascii_isdigit(end[1]));
		if (detail && !goes_on)
			return g_strndup(at, (gsize)(end - at));
	}
	return NULL;
}

int delivery_find_reply(const char *text)
{
	for (const char *at = text; (at = strpbrk(at, "45")); at++) {
		bool digits = g_ascii_isdigit(at[1]) && at[1] <= '5' && g_ascii_isdigit(at[2]) &&
			      !g_ascii_isdigit(at[3]);
		bool ends = digits &&
			    (at[3] == ' ' || at[3] == '-' || at[3] == '\0' || at[3] == '\n' || at[3] == '\'');
		if (ends && stands_alone(text, at))
			return (at[0] - '0') * 100 + (at[1] - '0') * 10 + (at[2] - '0');
	}
	return 0;
}
