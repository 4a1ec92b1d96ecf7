#include "unit.h"
#include "mail/cut.h"
#include "mail/html_text.h"
#include "mail/hue.h"
#include "mail/message.h"
#include "mail/quoted_header.h"

#define QUOTE                                                                                                \
	"> Bonjour,\n> votre facture F1 reste impay\xc3\xa9"                                                 \
	"e.\n"
#define OLD                                                                                                  \
	"Bonjour,\nvotre facture F1 reste impay\xc3\xa9"                                                     \
	"e.\n"

struct row {
	const char *name;
	const char *body;
	const char *new_text;
	const char *signature;
};

static const struct row plain_rows[] = {
    {"nothing", "", "", NULL},
    {"no history", "Je paie vendredi.\n", "Je paie vendredi.", NULL},
    {"French",
	"Oui.\n\nLe mar. 17 mars 2026 \xc3\xa0 10:02, Us <us@us.example> a \xc3\xa9"
	"crit :\n\n" QUOTE,
	"Oui.", NULL},
    {"French, wrapped before the verb",
	"Oui.\n\nLe mardi 17 mars 2026 \xc3\xa0 10:02, Menuiserie Le Goff SARL <facturation@us.example> "
	"a\n\xc3\xa9"
	"crit :\n\n" QUOTE,
	"Oui.", NULL},
    {"French, wrapped before the whole verb",
	"Oui.\n\nLe lun. 16 mars 2026 \xc3\xa0 09:00, Us <us@us.example>\na \xc3\xa9"
	"crit :\n\n" QUOTE,
	"Oui.", NULL},
    {"French, wrapped before the whole verb, no marks",
	"Oui.\n\nLe lun. 16 mars 2026 \xc3\xa0 09:00, Us <us@us.example>\na \xc3\xa9"
	"crit :\n" OLD,
	"Oui.", NULL},
    {"French, three lines, a name that begins like an attribution",
	"Oui.\n\nLe lun. 16 mars 2026 \xc3\xa0 09:00, Anne\nLe Goff <us@us.example>\na \xc3\xa9"
	"crit :\n" OLD,
	"Oui.", NULL},
    {"French, four lines",
	"Oui.\n\nLe lundi 16 mars\n2026 \xc3\xa0 09:00, Anne Martin\n<us@us.example>\na \xc3\xa9"
	"crit :\n" OLD,
	"Oui.", NULL},
    {"Italian, wrapped inside the verb, no address",
	"S\xc3\xac.\n\nIl giorno lun 16 mar 2026 alle ore 09:00 Anna Rossi ha\nscritto:\n" OLD, "S\xc3\xac.",
	NULL},
    {"English, three lines",
	"Yes.\n\nOn Mon, Mar 16, 2026 at 9:00 AM\nAnne On Tour <us@us.example>\nwrote:\n" OLD, "Yes.", NULL},
    {"German, three lines",
	"Ja.\n\nAm Mo., 16. M\xc3\xa4rz 2026 um 09:00 Uhr schrieb\nAnne Am Ende\n<us@us.example>:\n" OLD,
	"Ja.", NULL},
    {"Spanish, three lines",
	"S\xc3\xad.\n\nEl lun, 16 mar 2026 a las 09:00,\nEl Corte Grande "
	"(<us@us.example>)\nescribi\xc3\xb3:\n" OLD,
	"S\xc3\xad.", NULL},
    {"Dutch, three lines", "Ja.\n\nOp ma 16 mrt. 2026 om 09:00 schreef\nOp Den Berg\n<us@us.example>:\n" OLD,
	"Ja.", NULL},
    {"Russian labels with capitals", "Да.\n\nОт: Us\nДата: 17.03.2026\nТема: F1\n\nDear customer\n", "Да.",
	NULL},
    {"bars", "Us wrote:\n\n| Dear Sir\n|\n| pay\n\n| now\n\nIt is paid.\n", "It is paid.", NULL},
    {"a table below an attribution is none of its marks", "Jo schrieb:\n| F1 | 10 |\n| F2 | 20 |\n",
	"Jo schrieb:\n| F1 | 10 |\n| F2 | 20 |", NULL},
    {"the footer of Windows", "Oui.\n\nProvenance\xc2\xa0: Courrier pour Windows\n", "Oui.",
	"Provenance\xc2\xa0: Courrier pour Windows"},
    {"GroupWise", "Oui.\n\n>>> Us <us@us.example> 16/03/2026 09:00 >>>\n" OLD, "Oui.", NULL},
    {"GroupWise without an address", "Yes.\n\nBob\n\n>>> Us 3/16/2026 9:00 AM >>>\n" OLD, "Yes.\n\nBob",
	NULL},
    {"GroupWise, answered between the marks",
	"Oui.\n\n>>> Us <us@us.example> 16/03/2026 09:00 >>>\n" QUOTE "Je paie.\n> fin\n", "Oui.\n\nJe paie.",
	NULL},
    {"GroupWise, several lines",
	"Oui.\n\n>>> On 3/16/2026 at 9:00 AM, in message <1.2.3@us.example>, \"Us\n"
	"Ltd\" <us@us.example> wrote:\n" OLD,
	"Oui.", NULL},
    {"GroupWise, several lines and marks",
	"Oui.\n\n>>> On 16.03.2026 at 09:00, in message\n<1.2.3@us.example>, Us\n<us@us.example> "
	"wrote:\n\n" QUOTE,
	"Oui.", NULL},
    {"a nested quote is none of GroupWise's",
	"Yes.\n\n> a\n>>> On 3/16/2026 at 9:00 AM, Us <us@us.example> wrote:\n>>> b\n\nOn Friday.\n",
	"Yes.\n\n\nOn Friday.", NULL},
    {"no word between, and the old mail greets again",
	"Bonjour,\n\nNous payons vendredi.\n\nCordialement,\nJo Durand\nT\xc3\xa9l. 01 23 45 67 89\n\n"
	"Madame, Monsieur,\n\nVotre facture F1 reste impay\xc3\xa9"
	"e.\n\nCordialement,\nUs\n",
	"Bonjour,\n\nNous payons vendredi.", "Cordialement,\nJo Durand\nT\xc3\xa9l. 01 23 45 67 89"},
    {"a greeting further down is the author's, too",
	"Dear Jo,\n\nWe pay on Friday.\n\nDear Al,\n\nPlease approve it.\n\nKind regards\nEve\n",
	"Dear Jo,\n\nWe pay on Friday.\n\nDear Al,\n\nPlease approve it.", "Kind regards\nEve"},
    {"a postscript",
	"We pay on Friday.\n\nKind regards\nEve\n\nPS: Hello to Jo, and the rest follows on Monday.\n",
	"We pay on Friday.\n\nKind regards\nEve\n\nPS: Hello to Jo, and the rest follows on Monday.", NULL},
    {"references that begin like closings",
	"Ausgleich per 05.03.2026 an Sie:\nIhre Rechnung R-181: 613.32\nIhr Zeichen: DS\nBR-1001 94,30\n",
	"Ausgleich per 05.03.2026 an Sie:\nIhre Rechnung R-181: 613.32\nIhr Zeichen: DS\nBR-1001 94,30",
	NULL},
    {"a list in columns",
	"Virement du 8 juillet 2025 pour votre compte\n\nFacture;Date;Montant\nCRV;Mai;Quatre\n",
	"Virement du 8 juillet 2025 pour votre compte\n\nFacture;Date;Montant\nCRV;Mai;Quatre", NULL},
    {"a letter's subject above the header of the old mail",
	"Oggetto: Vs. credito. Non possiamo pagare.\nL'Amministratore\n\nDa: Us <us@us.example>\nInviato: "
	"gio 9 lug "
	"2026\nA: x\nOggetto: F1\n\nvecchio\n",
	"Oggetto: Vs. credito. Non possiamo pagare.", "L'Amministratore"},
    {"a payment advice whose lines begin like closings",
	"Zahlungsavis\nIhr Konto bei uns: 7\n\nSehr geehrte Damen und Herren,\nwir zahlen:\n\nIhr Beleg   "
	"Brutto\n"
	"F1   10,00\n",
	"Zahlungsavis\nIhr Konto bei uns: 7\n\nSehr geehrte Damen und Herren,\nwir zahlen:\n\nIhr Beleg   "
	"Brutto\n"
	"F1   10,00",
	NULL},
    {"initials before the marks of a quote (The Bat!)",
	"am Montag, 16. M\xc3\xa4rz 2026 um 09:00 schriebst du:\n\nAM> Sehr geehrte\nAM>\nAM>> "
	"\xc3\xa4lter\n\n"
	"Wir zahlen.\n",
	"Wir zahlen.", NULL},
    {"capitals before an arrow that is no mark", "We paid F1, see:\nBANK>account>payments\n",
	"We paid F1, see:\nBANK>account>payments", NULL},
    {"a name, an address and a time before a quote",
	"Ja.\n\nUs <us@us.example> (16.03.2026, 09:00):\n\n> alt\n", "Ja.", NULL},
    {"comments of a ticket system, the newest first",
	"##- Please type your reply above this line -##\n\nYour request has been updated.\n\n--------\n\nJo "
	"Smith, Mar 17, "
	"2026, 10:02 GMT+1\n\nWe paid yesterday.\n\n--------\n\nUs, Mar 16, 2026, 09:00 GMT+1\n\nStill "
	"unpaid.\n",
	"##- Please type your reply above this line -##\n\nYour request has been updated.\n\n--------\n\nJo "
	"Smith, Mar 17, "
	"2026, 10:02 GMT+1\n\nWe paid yesterday.",
	NULL},
    {"ServiceNow's stamps",
	"2026-03-17 10:02:11 CET - Jo Smith (Additional comments)\nWe paid.\n\n2026-03-16 09:00:00 CET - Us "
	"(Additional "
	"comments)\nStill unpaid.\n",
	"2026-03-17 10:02:11 CET - Jo Smith (Additional comments)\nWe paid.", NULL},
    {"a list of payments with times", "2026-03-17 10:02:11 - F1 paid\n2026-03-18 09:00:00 - F2 paid\n",
	"2026-03-17 10:02:11 - F1 paid\n2026-03-18 09:00:00 - F2 paid", NULL},
    {"frames of Notes", "Yes.\n\n|------------>\n| From:      |\n|------------>\n  >---|\n  |Us |\n" OLD,
	"Yes.", NULL},
    {"SFR",
	"Oui.\n\n========================\nMessage du : 16/03/2026 09:00\nDe : \"Us\" <us@us.example>\nA : "
	"x\n"
	"Sujet : F1\n\n" OLD,
	"Oui.", NULL},
    {"a ticket system in German",
	"Ja.\n\n##- Bitte geben Sie Ihre Antwort oberhalb dieser Zeile ein -##\nalt\n", "Ja.", NULL},
    {"a company's registration below the name",
	"It is paid.\n\nThanks\n\nJo Smith | Accounts\nACME is registered in England and Wales No. 123. VAT "
	"No. 45.\n",
	"It is paid.",
	"Thanks\n\nJo Smith | Accounts\nACME is registered in England and Wales No. 123. VAT No. 45."},
    {"dashes in a signed text",
	"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nWe paid.\n\n- -----Original Message-----\nFrom: "
	"Us\n\nold\n",
	"We paid.", NULL},
    {"English", "Yes.\n\nOn Tue, Mar 17, 2026 at 10:02 AM Us <us@us.example> wrote:\n\n> Dear\n> customer\n",
	"Yes.", NULL},
    {"German", "Ja.\n\nAm 17.03.2026 um 10:02 schrieb Us <us@us.example>:\n> Sehr geehrte\n", "Ja.", NULL},
    {"German, name first",
	"Ja.\n\nUs <us@us.example> schrieb am Di., 17. M\xc3\xa4rz 2026, 10:02:\n\n> Sehr geehrte\n", "Ja.",
	NULL},
    {"Spanish",
	"S\xc3\xad.\n\nEl mar, 17 mar 2026 a las 10:02, Us (<us@us.example>) escribi\xc3\xb3:\n\n> Buenos "
	"d\xc3\xad"
	"as\n",
	"S\xc3\xad.", NULL},
    {"Italian",
	"S\xc3\xac.\n\nIl giorno mar 17 mar 2026 alle ore 10:02 Us <us@us.example> ha scritto:\n\n> "
	"Buongiorno\n",
	"S\xc3\xac.", NULL},
    {"Dutch", "Ja.\n\nOp di 17 mrt. 2026 om 10:02 schreef Us <us@us.example>:\n\n> Geachte\n", "Ja.", NULL},
    {"Dutch of Apple",
	"Ja.\n\nOp 17 mrt. 2026, om 10:02 heeft Us <us@us.example> het volgende geschreven:\n\n> Geachte\n",
	"Ja.", NULL},
    {"Portuguese",
	"Sim.\n\nEm ter., 17 de mar. de 2026 \xc3\xa0s 10:02, Us <us@us.example> escreveu:\n\n> Bom dia\n",
	"Sim.", NULL},
    {"history without marks",
	"Oui.\n\nLe 17/03/2026 10:02, Us <us@us.example> a \xc3\xa9"
	"crit :\n\n" OLD "\nCordialement\n",
	"Oui.", NULL},
    {"Outlook, French",
	"Oui.\n\n________________________________\nDe : Us <us@us.example>\nEnvoy\xc3\xa9 : mardi 17 mars "
	"2026 10:02\n"
	"\xc3\x80 : Vous\nObjet : Facture F1\n\n" OLD,
	"Oui.", NULL},
    {"Outlook, French, no-break space before the colon",
	"Oui.\n\nDe\xc2\xa0: Us <us@us.example>\nEnvoy\xc3\xa9\xc2\xa0: mardi 17 mars 2026 "
	"10:02\n\xc3\x80\xc2\xa0: Vous\n"
	"Objet\xc2\xa0: Facture F1\n\n" OLD,
	"Oui.", NULL},
    {"Outlook, German",
	"Ja.\n\nVon: Us\nGesendet: Dienstag, 17. M\xc3\xa4rz 2026 10:02\nAn: Sie\nBetreff: Rechnung\n\nalt\n",
	"Ja.", NULL},
    {"Outlook, Italian",
	"S\xc3\xac.\n\nDa: Us\nInviato: marted\xc3\xac 17 marzo 2026 10:02\nA: Voi\nOggetto: "
	"Fattura\n\nvecchio\n",
	"S\xc3\xac.", NULL},
    {"bold labels", "Yes.\n\n*From:* Us <us@us.example>\n*Sent:* Tuesday\n*Subject:* x\n\nold\n", "Yes.",
	NULL},
    {"original message", "Yes.\n\n-----Original Message-----\nFrom: Us\n\nold\n", "Yes.", NULL},
    {"Message d'origine",
	"Oui.\n\n-------- Message d'origine --------\nDe : Us\nDate : 17/03/2026 10:02 (GMT+01:00)\n\n" OLD,
	"Oui.", NULL},
    {"Zimbra in French",
	"Oui.\n\n----- Mail original -----\nDe: \"Us\" <us@us.example>\nEnvoy\xc3\xa9: Mardi 17 Mars "
	"2026\nObjet: F1\n\n" OLD,
	"Oui.", NULL},
    {"name first, below a line that begins like an attribution",
	"Le solde suit.\n\nUs <us@us.example> a \xc3\xa9"
	"crit le mar. 17 mars 2026 \xc3\xa0 10:02 :\n\n" QUOTE,
	"Le solde suit.", NULL},
    {"a quoted line that was wrapped on its way",
	"Oui.\n\nLe 17/03/2026 10:02, Us <us@us.example> a \xc3\xa9"
	"crit :\n> une longue ligne qui a perdu sa marque parce qu'un serveur de\n"
	"> messagerie l'avait pli\xc3\xa9"
	"e en route sans dire o\xc3\xb9 elle continuait dans le\nmessage cit\xc3\xa9\n> fin\n",
	"Oui.", NULL},
    {"GMX",
	"Ja.\n\nGesendet: Dienstag, 17. M\xc3\xa4rz 2026 um 10:02 Uhr\nVon: \"Us\" <us@us.example>\nAn: "
	"x@y.example\nBetreff: F1\n\nalt\n",
	"Ja.", NULL},
    {"Yahoo without marks",
	"Oui.\n\n    Le mardi 17 mars 2026 \xc3\xa0 10:02:00 UTC+1, Us <us@us.example> a \xc3\xa9"
	"crit :  \n \n " OLD,
	"Oui.", NULL},
    {"Orange", "Oui.\n\n> Message du 17/03/26 10:02\n> De : \"Us\" <us@us.example>\n> Objet : F1\n> \n" QUOTE,
	"Oui.", NULL},
    {"Outlook for a telephone",
	"Oui\n\nObtenez Outlook pour iOS<https://aka.ms/o0ukef>\n________________________________\nDe : Us "
	"<us@us.example>\n"
	"Envoy\xc3\xa9 : mardi\nObjet : F1\n\n" OLD,
	"Oui", "Obtenez Outlook pour iOS<https://aka.ms/o0ukef>"},
    {"signed in the text",
	"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nWe paid.\n-----BEGIN PGP "
	"SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n",
	"We paid.", "-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----"},
    {"Notes", "Yes.\n\n-----Us/ACME wrote: -----\nTo: you\n\nold\n", "Yes.", NULL},
    {"answers between the quoted lines",
	"Le 17/03/2026 10:02, Us a \xc3\xa9"
	"crit :\n> Quand payez-vous ?\n\nLe 31 mars.\n\n> Contestez-vous ?\n\nNon.\n",
	"Le 31 mars.\n\n\nNon.", NULL},
    {"an answer below the quote",
	"On 17/03/2026 10:02, Us wrote:\n> When?\n> Regards\n\nOn the 31st of March.\n",
	"On the 31st of March.", NULL},
    {"a forward with a remark",
	"Pouvez-vous traiter ceci ?\n\n---------- Forwarded message ---------\nFrom: Us "
	"<us@us.example>\nDate: x\nSubject: y\n\n" OLD,
	"Pouvez-vous traiter ceci ?", NULL},
    {"a forward without one",
	"---------- Forwarded message ---------\nFrom: Us <us@us.example>\nSubject: y\n\n" OLD, "", NULL},
    {"nothing but a quote", "On 17/03/2026 10:02, Us wrote:\n> When?\n", "", NULL},
    {"a person who wrote:", "As you wrote:\nwe will pay on Friday.\n",
	"As you wrote:\nwe will pay on Friday.", NULL},
    {"On at the start of a sentence", "On 3 March we paid.\nOn Friday the rest follows:\n100 and 200\n",
	"On 3 March we paid.\nOn Friday the rest follows:\n100 and 200", NULL},
    {"a letter's own head", "Objet : facture F1\nDate : 17 mars 2026\n\nNous payons vendredi.\n",
	"Objet : facture F1\nDate : 17 mars 2026\n\nNous payons vendredi.", NULL},
    {"a remittance advice",
	"Remittance advice\n\nFrom: ACME Ltd\nDate: 17/03/2026\n\nF1   100.00\nTotal   100.00\n",
	"Remittance advice\n\nFrom: ACME Ltd\nDate: 17/03/2026\n\nF1   100.00\nTotal   100.00", NULL},
    {"a ticket system", "Please pay later.\n\n##- Please type your reply above this line -##\nold\n",
	"Please pay later.", NULL},
    {"a gateway's banner right above the text",
	"CAUTION: This email originated from outside of the organization. Do not click\nlinks unless you "
	"know the sender.\nHi,\nwe paid.\n",
	"Hi,\nwe paid.", NULL},
    {"a gateway's banner", "CAUTION: This email originated from outside of the organization.\n\nWe paid.\n",
	"We paid.", NULL},
    {"the delimiter of RFC 3676", "Oui.\n-- \nJean Dupont\n01 02 03 04 05\n", "Oui.",
	"--\nJean Dupont\n01 02 03 04 05"},
    {"a closing and a name",
	"Nous r\xc3\xa9glons vendredi.\n\nCordialement,\nJean Dupont\nComptabilit\xc3\xa9\n",
	"Nous r\xc3\xa9glons vendredi.", "Cordialement,\nJean Dupont\nComptabilit\xc3\xa9"},
    {"German closing",
	"Wir zahlen am Freitag.\n\nMit freundlichen Gr\xc3\xbc\xc3\x9f"
	"en\nEva Muster\n",
	"Wir zahlen am Freitag.",
	"Mit freundlichen Gr\xc3\xbc\xc3\x9f"
	"en\nEva Muster"},
    {"a mobile footer",
	"Pay\xc3\xa9 hier\n\nEnvoy\xc3\xa9 de mon iPhone\n\n> Le 17 mars 2026 \xc3\xa0 10:02, Us a \xc3\xa9"
	"crit :\n> \n" QUOTE,
	"Pay\xc3\xa9 hier", "Envoy\xc3\xa9 de mon iPhone"},
    {"small print",
	"Paid today.\n\nRegards\nJo\n\nThis e-mail and any attachments are confidential and intended for the "
	"addressee only.\n",
	"Paid today.",
	"Regards\nJo\n\nThis e-mail and any attachments are confidential and intended for the addressee "
	"only."},
    {"a name below the last sentence", "Bonjour,\nle virement est parti ce matin.\nKarim\n",
	"Bonjour,\nle virement est parti ce matin.", "Karim"},
    {"a statement is no signature",
	"Bonjour,\n\nPay\xc3\xa9"
	"e\n",
	"Bonjour,\n\nPay\xc3\xa9"
	"e",
	NULL},
    {"a table is no signature", "Nous avons r\xc3\xa9gl\xc3\xa9 ceci hier matin.\n\nTotal   1 188,00 EUR\n",
	"Nous avons r\xc3\xa9gl\xc3\xa9 ceci hier matin.\n\nTotal   1 188,00 EUR", NULL},
    {"thanks within a sentence", "Bonjour,\nmerci de corriger la facture avant que je la paie\n",
	"Bonjour,\nmerci de corriger la facture avant que je la paie", NULL},
};

static const struct row html_rows[] = {
    {"nothing", "", "", NULL},
    {"blocks and breaks", "<p>a<br>b</p><div>c</div>d &amp; &eacute;&#8364;&#x41;&nope;",
	"a\nb\nc\nd & \xc3\xa9\xe2\x82\xac"
	"A&nope;",
	NULL},
    {"what is not shown",
	"<head><title>x</title><style>p{}</style></head><!-- y --><script>z()</script><div style=\"display: "
	"none\">w</div>v",
	"v", NULL},
    {"Gmail",
	"<div dir=\"ltr\">Oui</div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">Le mar. X a "
	"\xc3\xa9"
	"crit :<br></div>"
	"<blockquote class=\"gmail_quote\">vieux</blockquote></div>",
	"Oui", NULL},
    {"Gmail, answers inside the quote",
	"<div class=\"gmail_quote\"><div class=\"gmail_attr\">Le mar. X a \xc3\xa9"
	"crit :</div><blockquote class=\"gmail_quote\">Quand ?</blockquote>"
	"<div>Vendredi.</div><blockquote class=\"gmail_quote\">Merci</blockquote></div>",
	"Vendredi.", NULL},
    {"Outlook",
	"<div class=WordSection1><p class=MsoNormal>Oui<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><div><div "
	"style='border:none;"
	"border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>De :</b> "
	"X</p></div></div><p>vieux</p></div>",
	"Oui", NULL},
    {"Outlook on the web",
	"<div>Oui</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>De :</b> "
	"X</div><div>vieux</div>",
	"Oui", NULL},
    {"Thunderbird",
	"<p>Oui</p><div class=\"moz-cite-prefix\">Le 17/03 X a \xc3\xa9"
	"crit :</div><blockquote type=\"cite\">vieux</blockquote><p>et non</p>",
	"Oui\n\net non", NULL},
    {"Apple Mail",
	"Ja<br><div><blockquote type=\"cite\"><div>Am 17.03. schrieb "
	"X:</div><div>alt</div></blockquote></div>",
	"Ja", NULL},
    {"Yahoo",
	"<div>Yes</div><div id=\"yahoo_quoted_1\" class=\"yahoo_quoted\"><div>On Tuesday X "
	"wrote:</div>old</div>",
	"Yes", NULL},
    {"Proton",
	"<div>Yes</div><div class=\"protonmail_quote\">On Tuesday X wrote:<blockquote>old</blockquote></div>",
	"Yes", NULL},
    {"Zimbra", "<div>Yes</div><hr data-marker=\"__DIVIDER__\"><div>From: X<br>old</div>", "Yes", NULL},
    {"the address of a link",
	"<p>Merci d'\xc3\xa9"
	"crire au <a href=\"mailto:ap@x.example?subject=y\">service <b>comptable</b></a>.</p>"
	"<p><a href=\"MAILTO:jo%2Ba@x.example\">Jo+a@x.example</a> <a href=\"https://x.example/a@b\">ici</a>"
	"<a href=\"mailto:\">l\xc3\xa0</a></p>",
	"Merci d'\xc3\xa9"
	"crire au service comptable <ap@x.example>.\n\nJo+a@x.example icil\xc3\xa0",
	NULL},
    {"struck out",
	"<p><s>Nous paierons le 24.</s> <del>Nous <b>contestons</b>.</del> <strike>Non.</strike> "
	"<span style=\"text-decoration: line-through\">Jamais.</span> Nous paierons le 31.</p><p>Oui "
	"<s>non</p>"
	"<p>Nous payons.</p>",
	"Nous paierons le 31.\n\nOui\n\nNous payons.", NULL},
    {"the author's own indentation",
	"<blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">We pay</blockquote>", "We pay",
	NULL},
    {"answers in red within the quote",
	"<p>Answers in red below.</p><p>Kind regards</p><p>Jo</p><div style='border:none;border-top:solid "
	"#E1E1E1 "
	"1.0pt'><p><b>From:</b> Us</p></div>"
	"<p>Is it paid?</p><p class=x><span style='color:#C00000'>Yes.<o:p></o:p></span></p>"
	"<p>When? <font color=red>On Monday</font></p><p style='color:blue'>old</p><p>Regards</p>",
	"Answers in red below.\n\nYes.\nOn Monday", "Kind regards\n\nJo"},
    {"red words of our own, and nobody says that they are his",
	"<p>It is paid.</p><blockquote><p style='color:red'>overdue</p></blockquote>", "It is paid.", NULL},
    {"numbers of Windows' characters, and words that are not shown",
	"<div style='max-height:0px;overflow:hidden'>preview</div><p>l&#146;an &#150; oui</p>",
	"l\xe2\x80\x99"
	"an \xe2\x80\x93 oui",
	NULL},
    {"marked yellow",
	"<div>Meine Antworten unten sind gelb markiert</div><blockquote>alt<br>"
	"<span style='background:yellow'>bezahlt</span></blockquote>",
	"Meine Antworten unten sind gelb markiert\nbezahlt", NULL},
    {"quote marks in HTML", "Yes<br>&gt; old<br>&gt; older<br>", "Yes", NULL},
    {"a marked signature", "<div>Yes</div><div class=\"gmail_signature\">Jo<br>ACME</div>", "Yes",
	"Jo\nACME"},
    {"a tag that never ends", "Yes <b class=\"x", "Yes <b class=\"x", NULL},
};

static void check(const struct row *row, const struct text_lines *lines)
{
	struct cut cut;
	cut_lines(&mail_words_shipped, lines, &cut);
	if (strcmp(cut.new_text, row->new_text) != 0 || g_strcmp0(cut.signature, row->signature) != 0)
		print_error("%s:\n%s\n-- %s\n", row->name, cut.new_text, cut.signature ? cut.signature : "");
	assert_string_equal(cut.new_text, row->new_text);
	assert_int_equal(g_strcmp0(cut.signature, row->signature), 0);
	cut_clear(&cut);
}

static void plain_text_is_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(plain_rows); i++) {
		struct text_lines lines;
		text_lines_init(&lines);
		text_lines_from_plain(&lines, plain_rows[i].body, false, false);
		check(&plain_rows[i], &lines);
		text_lines_clear(&lines);
	}
}

static void html_is_cut_by_the_marks_of_mail_programs(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(html_rows); i++) {
		struct text_lines lines;
		text_lines_init(&lines);
		text_lines_from_html(&lines, html_rows[i].body, strlen(html_rows[i].body));
		check(&html_rows[i], &lines);
		text_lines_clear(&lines);
	}
}

static void a_remark_about_answers_that_are_not_found_makes_it_partial(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool is_partial;
	} rows[] = {
	    {"Please see my answers below in red.\n\nThanks\nJo\n\n> Is it paid? YES\n", true},
	    {"Voir mes r\xc3\xa9ponses ci-dessous\n\n> Pay\xc3\xa9"
	     "e ? OUI\n",
		true},
	    {"Siehe meine Anmerkungen im Text.\n\n> Bezahlt? JA\n", true},
	    {"Ver mis comentarios en may\xc3\xbasculas.\n\n> x\n", true},
	    {"Vedi risposte qui sotto.\n\n> x\n", true},
	    {"Zie mijn antwoorden hieronder.\n\n> x\n", true},
	    /* the old mail may follow */
	    {"Paid yesterday.\n\nDear Sir,\n\nplease pay F1.\n\nKind regards\nUs\n", true},
	    {"Hello,\n\nPaid yesterday.\n\nDear Sir,\n\nplease pay F1.\n\nKind regards\nUs\n", true},
	    {"ACME Ltd\n1 High Street\n\nDear Sir,\n\nwe paid F1.\n\nKind regards\nJo\n", false},
	    {"Dear Sir,\n\nwe paid F1.\n\nThe rest follows.\n\nKind regards\nJo\n", false},
	    /* found, or not said */
	    {"Please see my answers below.\n\n> Is it paid?\nYes.\n", false},
	    {"My answers below:\n1. paid\n\n> Is it paid?\n", false},
	    {"My answers are below in red.\n", false},
	    {"We are in the red.\n\n> old\n", false},
	    {"Your answer is awaited.\n\n> see below\n", false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct text_lines lines;
		struct cut cut;
		text_lines_init(&lines);
		text_lines_from_plain(&lines, rows[i].text, false, false);
		cut_lines(&mail_words_shipped, &lines, &cut);
		if (cut.is_partial != rows[i].is_partial)
			print_error("%s\n", rows[i].text);
		assert_int_equal(cut.is_partial, rows[i].is_partial);
		cut_clear(&cut);
		text_lines_clear(&lines);
	}
}

#define ABOVE                                                                                                \
	"<p>My answers are below in blue.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"       \
	"<p><b>From:</b> Us &lt;us@us.example&gt;<br><b>Sent:</b> Monday, March 9, 2026<br><b>To:</b> "      \
	"Jo<br>"                                                                                             \
	"<b>Cc:</b> Al<br><b>Subject:</b> Invoice 1</p></div>"
#define BELOW                                                                                                \
	"<p><b>From:</b> Jo &lt;jo@x.example&gt;<br><b>Sent:</b> Monday, March 2, 2026<br><b>To:</b> "       \
	"Us<br><b>Subject:</b> Invoice 1</p>"

static void a_colour_is_the_authors_where_nobody_else_may_have_it(void **state)
{
	(void)state;
	static const struct {
		const char *html;
		const char *own; /* behind the remark */
		bool is_partial;
	} rows[] = {
	    {ABOVE "<p>Is it paid?</p><p style='color:blue'>Yes.</p><p>Thanks</p>", "Yes.", false},
	    {ABOVE "<p>Is it paid? <font color=blue>Yes.</font></p>", "Yes.", false},
	    {ABOVE "<p>Hello</p><p>Is it paid?</p><p style='color:blue'>Yes.</p><p "
		   "style='color:blue'>Yesterday.</p>",
		"Yes.\nYesterday.", false},
	    {"<p>My answers are below in blue.</p><div class=gmail_attr>On Mon, 9 Mar 2026 at 9:00, Us<br>"
	     "&lt;us@us.example&gt; wrote:</div><blockquote><p>Paid?</p><p "
	     "style='color:blue'>Yes.</p></blockquote>",
		"Yes.", false},
	    /* two places: one may be in the mail that he answers */
	    {ABOVE
		"<p>Paid?</p><p style='color:blue'>Yes.</p><p>When?</p><p style='color:#0070c0'>Monday</p>",
		"Yes.\nMonday", true},
	    /* all of it, or its beginning, is in that colour */
	    {ABOVE "<p style='color:blue'>You promised to pay on 20 March.</p>", "", true},
	    {ABOVE "<p style='color:blue'>You promised to pay.</p><p>Regards</p>", "", true},
	    {ABOVE "<ul><li><span style='color:blue'>You promised to pay.</span></ul>", "", true},
	    {ABOVE "<p style='color:blue'>You promised.</p><p>Is it paid?</p><p style='color:blue'>Yes.</p>",
		"Yes.", true},
	    /* Outlook's colour of answers, and links */
	    {ABOVE "<p style='color:#1F497D'>You promised to pay on 20 March.</p><p>Regards</p>", "", true},
	    {ABOVE "<p>Hello</p><p style='color:#1F497D'>You promised to pay.</p><p "
		   "style='color:blue'>No.</p>",
		"No.", false},
	    {ABOVE "<p>Hello</p><a href='https://us.example'><span style='color:blue'>Pay here</span></a>",
		"", true},
	    {ABOVE "<p>Hello</p><a href='https://us.example'><span style='color:#0563C1'>Pay here</span></a>",
		"", true},
	    /* older mails below */
	    {ABOVE "<p>Paid?</p><p style='color:blue'>Yes.</p>" BELOW "<p>Old. <font color=blue>We "
		   "pay.</font></p>",
		"Yes.", true},
	    {ABOVE "<p>Paid?</p>" BELOW "<p>Hello</p><p style='color:blue'>We pay.</p>", "", true},
	    {ABOVE "<p>Paid?</p><blockquote>Old.<br><font color=blue>We pay.</font></blockquote>", "", true},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct text_lines lines;
		struct cut cut;
		text_lines_init(&lines);
		text_lines_from_html(&lines, rows[i].html, strlen(rows[i].html));
		cut_lines(&mail_words_shipped, &lines, &cut);
		const char *own = strchr(cut.new_text, '\n');
		own = own ? own + strspn(own, "\n") : "";
		if (strcmp(own, rows[i].own) != 0 || cut.is_partial != rows[i].is_partial)
			print_error("%s\n-- %s\n", rows[i].html, cut.new_text);
		assert_string_equal(own, rows[i].own);
		assert_int_equal(cut.is_partial, rows[i].is_partial);
		cut_clear(&cut);
		text_lines_clear(&lines);
	}
}

static void colours_have_the_names_that_people_give_them(void **state)
{
	(void)state;
	static const struct {
		const char *colour;
		enum hue hue;
	} rows[] = {
	    {"red", HUE_RED},
	    {"#f00", HUE_RED},
	    {"#c00000", HUE_RED},
	    {"rgb(255,0,0)", HUE_RED},
	    {"#2f5496", HUE_BLUE},
	    {"#0070c0", HUE_BLUE},
	    {"#00b050", HUE_GREEN},
	    {"#7030a0", HUE_PURPLE},
	    {"#ed7d31", HUE_ORANGE},
	    {"#ffff00", HUE_YELLOW},
	    {"#333", HUE_NONE},
	    /* Outlook colours these of itself, and its links */
	    {"#1f497d", HUE_NONE},
	    {"rgb(31,73,125)", HUE_NONE},
	    {"#0563c1", HUE_NONE},
	    {"black", HUE_NONE},
	    {"windowtext", HUE_NONE},
	    {"#12", HUE_NONE},
	    {"rgb(1", HUE_NONE},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		assert_int_equal(hue_of_colour(rows[i].colour), rows[i].hue);
	bool is_given;
	assert_int_equal(hue_of_style("font-size:9pt;color:red", &is_given), HUE_RED);
	assert_true(is_given);
	assert_int_equal(hue_of_style("background-color:#ff0", &is_given), HUE_YELLOW);
	assert_false(is_given);
	assert_int_equal(hue_of_style("color:black", &is_given), HUE_NONE);
	assert_true(is_given);
}

static void flowed_lines_are_joined(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool delsp;
		const char *joined;
	} rows[] = {
	    {"one \ntwo\nthree\n", false, "one two\nthree\n"},
	    {"one \ntwo\n", true, "onetwo\n"},
	    {"> a \n> b\n> > c\n", false, "> a b\n>> c\n"},
	    {"a \n> b\n", false, "a\n> b\n"},
	    {" From x\n", false, "From x\n"},
	    {"a \n-- \nb\n", false, "a\n--\nb\n"},
	    {"end \n", false, "end\n"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct text_lines lines;
		text_lines_init(&lines);
		text_lines_from_plain(&lines, rows[i].text, true, rows[i].delsp);
		char *text = text_lines_join(&lines);
		assert_string_equal(text, rows[i].joined);
		g_free(text);
		text_lines_clear(&lines);
	}
}

static void the_quoted_part_is_kept_apart(void **state)
{
	(void)state;
	struct message *message = message_parse("Subject: Re\n\nYes.\n\n> invoice F1\n", 31);
	assert_string_equal(message->new_text, "Yes.");
	assert_string_equal(message->quoted_text, "invoice F1");
	message_free(message);
}

static void the_subject_in_the_quoted_header_is_found(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *subject;
	} rows[] = {
	    {"From: Us\nSubject: Invoice 118\n", "Invoice 118"},
	    {"> *De\xc2\xa0:* Us\n> *Objet\xc2\xa0:* *Facture 118*\n", "Facture 118"},
	    {"From\xef\xbc\x9aUs\nSubject\xef\xbc\x9aInvoice: 118\n", "Invoice: 118"},
	    {"Subject: Invoice 118\n", NULL},
	    {"", NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *subject = quoted_header_subject(&mail_words_shipped, rows[i].text);
		if (g_strcmp0(subject, rows[i].subject) != 0)
			fail_msg("%s: %s", rows[i].text, subject ? subject : "NULL");
		g_free(subject);
	}
}

/* A character of four bytes lies across the length at which a line is cut, in every way. */
static void a_long_line_of_a_quoted_header_is_cut_into_whole_characters(void **state)
{
	(void)state;
	for (unsigned before = FOLDED_MAX - 14; before < FOLDED_MAX; before++) {
		GString *text = g_string_new("From: a@b.example\nSubject: ");
		for (unsigned i = 0; i < before; i++)
			g_string_append_c(text, 'x');
		g_string_append(text, "\xf0\x9f\x98\x80");
		char *subject = quoted_header_subject(&mail_words_shipped, text->str);
		assert_non_null(subject);
		assert_true(g_utf8_validate(subject, -1, NULL));
		g_free(subject);
		g_string_free(text, TRUE);
	}
}

static void html_carries_the_structure_and_plain_text_is_the_fallback(void **state)
{
	(void)state;
#define ALTERNATIVE(plain, html)                                                                             \
	"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: "          \
	"text/plain\n\n" plain "\n--b\nContent-Type: text/html\n\n" html "\n--b--\n"
	static const char both[] = ALTERNATIVE("Oui vieux", "Oui<blockquote>vieux</blockquote>");
	static const char picture[] = ALTERNATIVE("Oui", "<img src=x>");
	struct message *message = message_parse(both, strlen(both));
	assert_string_equal(message->new_text, "Oui");
	assert_non_null(strstr(message->body_text, "Oui vieux"));
	message_free(message);
	message = message_parse(picture, strlen(picture));
	assert_string_equal(message->new_text, "Oui");
	message_free(message);
}

static int setup(void **state)
{
	(void)state;
	message_setup();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_text_is_cut),
	    cmocka_unit_test(html_is_cut_by_the_marks_of_mail_programs),
	    cmocka_unit_test(a_remark_about_answers_that_are_not_found_makes_it_partial),
	    cmocka_unit_test(a_colour_is_the_authors_where_nobody_else_may_have_it),
	    cmocka_unit_test(colours_have_the_names_that_people_give_them),
	    cmocka_unit_test(flowed_lines_are_joined),
	    cmocka_unit_test(the_quoted_part_is_kept_apart),
	    cmocka_unit_test(the_subject_in_the_quoted_header_is_found),
	    cmocka_unit_test(a_long_line_of_a_quoted_header_is_cut_into_whole_characters),
	    cmocka_unit_test(html_carries_the_structure_and_plain_text_is_the_fallback),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
