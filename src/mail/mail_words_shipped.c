#include "base/base.h"
#include "mail/mail_words.h"

#define PHRASES(name, ...) static const char *const name[] = {__VA_ARGS__}

PHRASES(attribution_openers, "on", "le", "am", "el", "il", "op", "em", "a", "den", "på", "w dniu", "dnia",
    "dne", "vào", "pada", "em dom", "il giorno", "le jour", "von", "in message", "in article");

PHRASES(attribution_verbs, "schriebst du", "schrieben sie", "hast du geschrieben", "haben sie geschrieben",
    "wrote", "writes", "sent", "has written", "said", "a écrit", "a ecrit", "à écrit", "a écrit ce qui suit",
    "écrivait", "schrieb", "schrieb folgendes", "schreibt", "hat geschrieben", "folgendes geschrieben",
    "escribió", "escribio", "ha escrito", "ha scritto", "scrisse", "scrive", "ha scritto quanto segue",
    "schreef", "schreef het volgende", "het volgende geschreven", "geschreven", "escreveu", "skrev",
    "skrev følgende", "skrev följande", "följande", "napisał", "napisała", "napisał(a)", "napsal",
    "napsal(a)", "kirjoitti", "írta", "написал", "написала", "написал(а)", "пишет", "đã viết", "menulis");

PHRASES(attribution_middles, " schrieb ", " schreef ", " skrev ", " wrote ", " a écrit ", " escribió ",
    " ha scritto ", " heeft ", " geschreven ", " hat ");

PHRASES(attribution_persons, "you", "i", "we", "he", "she", "they", "vous", "nous", "tu", "il", "elle", "on",
    "sie", "du", "ihr", "ich", "wir", "er", "u", "jij", "je", "ik", "wij", "lei", "voi", "usted", "ustedes");

PHRASES(weekdays, "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mer", "jeu", "ven", "sam",
    "dim", "mo", "di", "mi", "do", "fr", "sa", "so", "mié", "jue", "vie", "sáb", "dom", "gio", "sab", "ma",
    "wo", "vr", "za", "zo", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "montag", "dienstag", "mittwoch",
    "donnerstag", "freitag", "samstag", "sonntag", "lunes", "martes", "miércoles", "jueves", "viernes",
    "sábado", "domingo", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica",
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "jan", "feb", "apr",
    "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

PHRASES(original_messages, "mail original", "mail d'origine", "e-mail d'origine", "email d'origine",
    "courriel d'origine", "ursprüngliche e-mail", "ursprüngliche mail", "original-mail", "originalmail",
    "email originale", "mail originale", "e-mail originale", "oorspronkelijke e-mail", "originele e-mail",
    "original mail", "original e-mail", "original message", "original email", "original appointment",
    "reply message", "message d'origine", "message original", "message initial", "courriel original",
    "message précédent", "ursprüngliche nachricht", "ursprungliche nachricht", "originalnachricht",
    "original-nachricht", "originalnachricht-", "ursprüngliche mitteilung", "mensaje original",
    "mensaje de origen", "correo original", "messaggio originale", "messaggio di origine",
    "oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht", "mensagem original",
    "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse", "original meddelelse",
    "opprinnelig melding", "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva",
    "alkuperäinen viesti", "eredeti üzenet", "исходное сообщение", "пересылаемое сообщение",
    "antwort weiterleiten");

PHRASES(forwarded_messages, "forwarded message", "begin forwarded message", "forwarded by",
    "message transféré", "message transmis", "message réexpédié", "message renvoyé",
    "début du message transféré", "début du message réexpédié", "transféré par", "weitergeleitete nachricht",
    "weitergeleitet von", "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail",
    "mensaje reenviado", "inicio del mensaje reenviado", "reenviado por", "messaggio inoltrato",
    "inizio messaggio inoltrato", "inoltrato da", "doorgestuurd bericht", "begin doorgestuurd bericht",
    "doorgezonden bericht", "doorgestuurd door", "mensagem encaminhada", "vidarebefordrat meddelande",
    "videresendt meddelelse");

PHRASES(reply_lines, "reply above this line", "type your reply above", "write your reply above",
    "write above this line", "do not write below this line", "respond above this line",
    "répondre au-dessus de cette ligne", "répondez au-dessus de cette ligne",
    "répondre au-dessus de cette ligne", "écrivez au-dessus de cette ligne",
    "écrire au-dessus de cette ligne", "antworten sie oberhalb dieser zeile",
    "oberhalb dieser zeile antworten", "antwort oberhalb dieser", "geben sie ihre antwort oberhalb dieser",
    "schreiben sie ihre antwort oberhalb dieser", "antworten oberhalb dieser",
    "responda por encima de esta línea", "escriba su respuesta por encima", "escriba su respuesta encima",
    "responder por encima de esta línea", "rispondi sopra questa riga",
    "digita la risposta sopra questa riga", "digita la tua risposta sopra", "inserisci la risposta sopra",
    "rispondere sopra questa linea", "rispondere sopra questa riga", "scrivi sopra questa riga",
    "antwoord boven deze regel", "typ uw antwoord boven deze regel", "reageer boven deze regel");

PHRASES(banners, "-----begin pgp signed message-----", "hash:", "caution: this email originated",
    "caution: this message originated", "caution: external email", "caution - external", "[external email]",
    "external email:", "this email originated from outside", "this message originated from outside",
    "this message is from an external sender", "you don't often get email from",
    "some people who received this message don't often get email", "ce courriel provient de l'extérieur",
    "ce message provient d'une adresse externe", "ce message provient de l'extérieur",
    "attention : ce message provient", "attention : ce courriel", "attention: ce mail provient",
    "message externe", "vous ne recevez pas souvent de courriers de", "vous n'obtenez pas souvent d'e-mail",
    "certaines personnes qui ont reçu ce message ne reçoivent pas souvent", "achtung: diese e-mail",
    "achtung: externe e-mail", "vorsicht: externe e-mail", "diese e-mail stammt von einem externen",
    "sie erhalten nicht oft eine e-mail von", "este correo procede de fuera", "precaución: este correo",
    "no suele recibir correos electrónicos de", "questo messaggio proviene dall'esterno",
    "attenzione: questo messaggio proviene", "non si ricevono spesso messaggi di posta elettronica da",
    "dit bericht is afkomstig van buiten", "let op: deze e-mail", "u ontvangt niet vaak e-mail van");

PHRASES(mobile_footers, "sent from my", "sent from a", "sent from iphone", "sent from ipad",
    "sent from outlook", "sent from mail for", "sent from samsung", "sent from yahoo", "sent from windows",
    "sent from proton", "sent from spark", "sent from gmail", "sent from mailbird", "sent from airmail",
    "sent from newton", "sent from edison", "sent from aquamail", "sent from nine", "sent from fairemail",
    "sent from mymail", "sent from canary", "sent from hey", "sent from zoho", "sent from gmx",
    "sent from web.de", "sent from thunderbird", "sent from bluemail", "sent from k-9", "sent from the",
    "sent from android", "sent from mobile", "sent via", "sent with", "get outlook for", "get bluemail for",
    "download outlook for", "typed on", "written on my phone", "envoyé de mon", "envoyé depuis mon",
    "envoyé depuis", "envoyé à partir de", "envoyé avec", "envoyé de l'", "envoyé du", "envoyé via",
    "envoyé par", "provenance : courrier", "provenance: courrier", "envoyé d'un", "obtenez outlook pour",
    "obtenir outlook pour", "télécharger outlook pour", "télécharger bluemail", "téléchargez bluemail",
    "laden sie bluemail", "holen sie sich bluemail", "obtener bluemail", "scarica bluemail",
    "ottieni bluemail", "download bluemail", "mit proton mail", "mit der sicheren e-mail",
    "sicher gesendet mit", "téléchargez outlook", "von meinem", "gesendet von", "gesendet mit",
    "gesendet über", "gesendet aus", "von unterwegs gesendet", "diese nachricht wurde von meinem",
    "holen sie sich outlook", "outlook für", "enviado desde", "enviado de mi", "enviado con",
    "enviado por mi", "obtener outlook para", "descargar outlook para", "inviato da", "inviato dal",
    "inviato con", "scarica outlook per", "ottieni outlook per", "verstuurd vanaf", "verstuurd met",
    "verzonden vanaf", "verzonden met", "verzonden via", "verstuurd van", "verzonden vanuit", "outlook voor",
    "download outlook voor", "enviado do meu", "skickat från", "sendt fra", "lähetetty", "wysłane z");

PHRASES(disclaimers, "this is a system generated", "this is an automatic", "this is an automated",
    "this is an unattended", "this message was generated", "this message was sent automatically",
    "please do not reply to this", "do not reply to this", "ce message est émis par un automate",
    "ce message est généré", "ce message a été généré", "ceci est un message automatique",
    "cet e-mail est généré", "merci de ne pas répondre à ce", "merci de ne pas y répondre",
    "message automatique, merci", "ne pas répondre à ce", "diese nachricht wurde automatisch",
    "diese e-mail wurde automatisch", "dies ist eine automatisch", "bitte antworten sie nicht auf diese",
    "dieses schreiben wurde maschinell", "este mensaje se ha generado", "este es un mensaje automático",
    "mensaje generado", "por favor no responda a este", "messaggio generato",
    "questo è un messaggio automatico", "si prega di non rispondere", "non rispondere a questo",
    "dit is een automatisch", "deze e-mail is automatisch", "gelieve niet op dit bericht te antwoorden",
    "this e-mail and any", "this email and any", "this email is confidential", "this e-mail is confidential",
    "this message and any", "this communication is", "this email (including", "this e-mail (including",
    "this message is intended", "this email is intended", "this e-mail is intended",
    "the information contained in this", "the contents of this e", "the information in this e",
    "confidentiality notice", "confidentiality:", "disclaimer", "privileged/confidential",
    "if you are not the intended recipient", "if you have received this", "please consider the environment",
    "please think before you print", "think before you print", "virus-free",
    "this email has been checked for viruses", "this email has been scanned", "to unsubscribe",
    "unsubscribe here", "registered office:", "registered in england", "ce message et toutes",
    "ce message et ses", "ce message est confidentiel", "ce message, ainsi que", "ce message ainsi que",
    "ce courriel et", "ce courriel est", "ce mail est", "ce message (et", "ce message peut contenir",
    "ce message contient", "ce message électronique", "cet e-mail est", "cet e-mail et", "cet email et",
    "cet email est", "les informations contenues dans ce", "l'information contenue dans",
    "avis de confidentialité", "clause de confidentialité",
    "confidentialité :", "si vous n'êtes pas le destinataire", "si vous avez reçu ce",
    "si vous recevez ce message par erreur", "pensez à l'environnement", "pensez environnement",
    "avant d'imprimer", "n'imprimez ce", "merci de n'imprimer", "préservons l'environnement",
    "adoptez l'éco-attitude", "garanti sans virus", "l'absence de virus dans ce", "sans virus",
    "cet e-mail a été vérifié", "diese e-mail enthält", "diese e-mail ist", "diese e-mail und",
    "diese e-mail kann", "diese nachricht enthält", "diese nachricht ist", "diese nachricht und",
    "diese mail enthält", "der inhalt dieser e-mail", "der inhalt dieser nachricht",
    "die information in dieser", "vertraulichkeitshinweis", "haftungsausschluss", "hinweis: diese e-mail",
    "wenn sie nicht der richtige adressat", "wenn sie nicht der beabsichtigte", "sollten sie nicht der",
    "bitte denken sie an die umwelt", "bitte prüfen sie, ob", "sitz der gesellschaft",
    "geschäftsführer:", "geschäftsführung:", "registergericht", "amtsgericht", "ust-id", "ust.-id",
    "virenfrei", "este mensaje y", "este mensaje contiene", "este mensaje puede", "este mensaje va",
    "este mensaje es", "este mensaje se dirige", "este correo electrónico", "este correo y",
    "este correo contiene", "este e-mail", "la información contenida en este", "la información incluida en",
    "aviso legal", "aviso de confidencialidad", "cláusula de confidencialidad", "advertencia legal",
    "antes de imprimir", "si ha recibido este", "si usted no es el destinatario", "en cumplimiento de la",
    "le informamos que sus datos", "de conformidad con lo establecido en", "libre de virus",
    "questo messaggio", "questa e-mail", "questa mail", "il presente messaggio", "la presente comunicazione",
    "la presente e-mail", "il contenuto di questa", "le informazioni contenute", "ai sensi del",
    "ai sensi dell", "avviso di riservatezza", "nota di riservatezza", "informativa privacy",
    "prima di stampare", "rispetta l'ambiente", "privo di virus", "dit bericht", "deze e-mail",
    "dit e-mailbericht", "deze mail", "de informatie in dit", "de informatie verzonden", "de inhoud van dit",
    "de inhoud van deze", "indien u niet de", "als u dit bericht", "denk aan het milieu",
    "denk aan het milieu voor", "virusvrij", "op al onze", "kvk");

PHRASES(disclaimer_words, "confidenti", "confiden", "vertraulich", "vertrouwelijk", "riservat", "privileged",
    "destinat", "intended recipient", "addressee", "geadresseerde", "adressat", "empfänger", "environment",
    "environnement", "umwelt", "ambiente", "milieu", "virus", "viren", "imprim", "drucken", "stampare",
    "afdrukken", "erreur", "irrtüm", "error", "errore", "vergissing", "avast", "privacy", "automati",
    "generated", "généré", "unattended", "aansprakelijk", "disclaimer");

PHRASES(closings, "avec nos meilleures", "avec mes meilleures", "avec mes meilleurs", "avec nos meilleurs",
    "cordiales salutations", "votre bien dévoué", "votre bien dévouée", "votre dévoué", "à vous lire",
    "dans l'attente de vous lire", "merci de votre collaboration", "merci de votre compréhension",
    "merci pour votre compréhension", "merci de votre patience", "en vous souhaitant", "with many thanks",
    "looking forward to hearing", "i look forward to hearing", "with thanks", "in erwartung ihrer",
    "vielen dank für ihr verständnis", "vielen dank für ihre mühe", "danke für ihr verständnis",
    "gracias por su comprensión", "gracias por su atención", "a la espera de", "quedo a la espera",
    "grazie per la collaborazione", "grazie per la comprensione", "in attesa di un", "in attesa di",
    "bedankt voor uw begrip", "dank voor uw begrip", "regards", "kind regards", "best regards",
    "warm regards", "warmest regards", "with regards", "with kind regards", "many regards", "rgds", "brgds",
    "b/rgds", "b.regards", "best rgds", "kindest regards", "regs", "yours", "yours sincerely",
    "yours faithfully", "yours truly", "yours respectfully", "sincerely", "sincerely yours", "respectfully",
    "faithfully", "best wishes", "with best wishes", "best", "all the best", "all best", "cheers", "warmly",
    "with every good wish", "with friendly greetings", "friendly greetings", "with our best",
    "with best regards", "with compliments", "have a nice day", "have a great day", "have a good day",
    "have a nice weekend", "have a good weekend", "have a lovely", "good day", "take care", "ttyl", "br",
    "kr", "thanks & regards", "thanks and regards", "thanks & b", "thanks & best", "thanks & kind",
    "thank you and regards", "many thanks & regards", "thanking you", "happy holidays", "peace", "bye",
    "best greetings", "greetings", "with my best", "on behalf of", "for and on behalf of", "cordialement",
    "cordialement vôtre", "bien cordialement", "très cordialement", "cdt", "cdlt", "bien cdlt", "cdl", "crdt",
    "bàv", "bav", "bien à vous", "bien à toi", "bien sincèrement", "sincèrement", "sincères salutations",
    "salutations", "salutations distinguées", "meilleures salutations", "meilleurs sentiments",
    "mes salutations", "nos salutations", "avec nos salutations", "avec mes salutations",
    "sentiments distingués", "respectueusement", "amicalement", "bien amicalement", "amitiés", "bises",
    "bisous", "bise", "biz", "à bientôt", "a bientôt", "à plus", "a plus", "à+", "a+", "bonne journée",
    "bonne soirée", "bon week-end", "bon weekend", "bonne semaine", "bonne fin de", "belle journée",
    "belle soirée", "excellente journée", "très bonne journée", "bonne réception", "bonne après-midi",
    "bon après-midi", "bonnes fêtes", "veuillez agréer", "veuillez recevoir", "veuillez croire", "recevez",
    "agréez", "je vous prie d'agréer", "je vous prie de croire", "je vous prie de recevoir",
    "nous vous prions d'agréer", "nous vous prions de croire", "nous vous prions de recevoir",
    "dans l'attente, veuillez", "je vous souhaite une bonne", "pour ordre", "pour le directeur",
    "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß", "mit freundlichem gruss",
    "mit freundlichen", "freundliche grüße", "freundliche grüsse", "freundlicher gruß", "freundlichen gruß",
    "mit besten grüßen", "mit besten grüssen", "mit bestem gruß", "mit bestem gruss", "mit herzlichen grüßen",
    "mit lieben grüßen", "mit vielen grüßen", "mit kollegialen grüßen", "mit sonnigen grüßen", "mit grüßen",
    "mit sportlichen grüßen", "beste grüße", "beste grüsse", "besten gruß", "bester gruß", "viele grüße",
    "viele grüsse", "vielen gruß", "schöne grüße", "schöne grüsse", "schönen gruß", "liebe grüße",
    "liebe grüsse", "lieben gruß", "lieber gruß", "herzliche grüße", "herzliche grüsse", "herzlichen gruß",
    "herzlichst", "herzlich", "sonnige grüße", "kollegiale grüße", "grüße", "grüsse", "gruß", "gruss",
    "grüßle", "mfg", "m.f.g.", "mit freundl", "lg", "vg", "bg", "hg", "gr", "hochachtungsvoll",
    "mit vorzüglicher hochachtung", "ihr", "ihre", "euer", "eure", "servus", "tschüss", "tschüß", "ciao",
    "baba", "glück auf", "i.a.", "i. a.", "i.v.", "i. v.", "ppa", "ppa.", "im auftrag", "schönen tag",
    "schönes wochenende", "einen schönen", "schönen feierabend", "bis dann", "bis bald", "un saludo",
    "saludos", "saludos cordiales", "cordiales saludos", "un cordial saludo", "cordial saludo", "reciba un",
    "reciban un", "recibe un", "atentamente", "muy atentamente", "atte", "atte.", "le saluda", "le saludo",
    "les saluda", "sin otro particular", "cordialmente", "un abrazo", "abrazos", "abrazo", "besos", "un beso",
    "s2", "slds", "salu2", "quedo al pendiente", "quedo atento", "quedo atenta", "quedo a su disposición",
    "quedamos a su disposición", "fdo", "fdo.", "feliz tarde", "feliz día", "buen día", "buenas tardes",
    "que tenga", "respetuosamente", "afectuosamente", "cordiali saluti", "distinti saluti", "cordialità",
    "un cordiale saluto", "cari saluti", "i migliori saluti", "migliori saluti", "i più cordiali saluti",
    "saluti", "tanti saluti", "un saluto", "buona giornata", "buona serata", "buon lavoro", "buon weekend",
    "buon fine settimana", "con i migliori saluti", "con cordialità", "con stima", "con osservanza",
    "in fede", "ciaooo", "ciaoo", "a presto", "un abbraccio", "baci", "la saluto", "vi saluto",
    "vi salutiamo", "la salutiamo", "porgo distinti", "porgiamo distinti", "porgo cordiali",
    "porgiamo cordiali", "con l'occasione porgiamo", "con l'occasione", "nell'attesa, cordiali",
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten",
    "hartelijke groet", "hartelijke groeten", "met hartelijke groet", "groet", "groeten", "groetjes",
    "groetjes,", "de groeten", "mvg", "m.v.g.", "mvgr", "vr gr", "vr. gr", "met groet", "gr.", "hoogachtend",
    "met hoogachting", "met achting", "met de meeste hoogachting", "fijne dag", "fijn weekend",
    "prettige dag", "prettig weekend", "nog een fijne", "warme groet", "beste groeten", "beste groet",
    "vele groeten", "veel groeten", "liefs", "tot dan", "tot snel", "tot ziens", "namens", "santé", "agur",
    "med venlig hilsen", "mvh", "med vänlig hälsning", "vänliga hälsningar", "hälsningar", "hilsen", "diolch",
    "slàinte", "is mise", "le meas");

PHRASES(weak_closings, "thanks", "thank you", "many thanks", "thanks a lot", "thanks again", "thanks so much",
    "thanks in advance", "thank you in advance", "thx", "tx", "ta", "tia", "much appreciated", "merci",
    "merci d'avance", "merci beaucoup", "merci bien", "merci encore", "merci par avance",
    "avec mes remerciements", "avec nos remerciements", "en vous remerciant", "danke", "vielen dank",
    "besten dank", "herzlichen dank", "danke im voraus", "vielen dank im voraus", "danke und gruß",
    "danke und grüße", "dank und gruß", "danke schön", "merci vielmals", "gracias", "muchas gracias",
    "gracias de antemano", "mil gracias", "gracias y un saludo", "gracias y saludos", "grazie",
    "grazie mille", "grazie infinite", "molte grazie", "grazie anticipatamente", "grazie di cuore",
    "grazie in anticipo", "grazie e saluti", "ringraziando", "ringraziandovi", "dank", "bedankt",
    "hartelijk dank", "dank u", "dank je", "dankjewel", "alvast bedankt", "alvast dank", "bij voorbaat dank",
    "met dank", "vriendelijk bedankt", "dank en groet");

PHRASES(greetings, "hi", "hello", "hey", "dear", "good morning", "good afternoon", "good evening", "g'day",
    "morning", "to whom it may concern", "bonjour", "bonsoir", "salut", "coucou", "bjr", "madame", "monsieur",
    "mesdames", "messieurs", "cher", "chère", "chers", "guten tag", "guten morgen", "guten abend", "hallo",
    "sehr geehrte", "liebe", "lieber", "moin", "servus", "grüß gott", "grüezi", "hola", "buenos días",
    "buenas tardes", "buenas", "buen día", "estimado", "estimada", "estimados", "muy señores", "buongiorno",
    "buonasera", "salve", "ciao", "gentile", "gentili", "egregio", "egregi", "spett", "spettabile",
    "goedemorgen", "goedemiddag", "goedendag", "goedenavond", "beste", "geachte", "dag", "hoi");

PHRASES(registrations, "registered in", "registered office", "registered number", "company no",
    "company number", "company reg", "vat no", "vat reg", "vat number", "au capital de", "rcs ", "siret",
    "siren ", "n° tva", "tva intra", "handelsregister", "amtsgericht", "registergericht", "hrb ", "hra ",
    "ust-id", "ustid", "steuernummer", "geschäftsführer", "vorstand:", "aufsichtsrat", "registro mercantil",
    "inscrita en el", "c.i.f", "cif:", "nif:", "partita iva", "p. iva", "p.iva", "codice fiscale",
    "capitale sociale", "registro imprese", "r.e.a.", "kvk", "btw-n", "btw n", "handelsregister",
    "ondernemingsnummer", "rpr ");

PHRASES(pointers, "see subject", "see the subject", "see subject line", "as per subject", "see attached",
    "see attachment", "please see attached", "please see the attached", "please find attached",
    "please see attachment", "attached", "see enclosed", "see file", "eom", "cf objet", "cf. objet",
    "cf l'objet", "cf. l'objet", "voir objet", "voir l'objet", "tout est dans l'objet", "cf pj", "cf. pj",
    "cf pièce jointe", "cf. pièce jointe", "voir pj", "voir pièce jointe", "voir la pièce jointe",
    "voir ci-joint", "cf ci-joint", "cf. ci-joint", "ci-joint", "en pièce jointe", "réponse ci-jointe",
    "siehe betreff", "s. betreff", "s.betreff", "steht im betreff", "siehe anhang", "siehe anlage",
    "s. anhang", "s. anlage", "anbei", "im anhang", "ver asunto", "véase el asunto", "en el asunto",
    "ver adjunto", "véase adjunto", "adjunto", "en adjunto", "vedi oggetto", "come da oggetto",
    "vedi allegato", "in allegato", "come da allegato", "zie onderwerp", "zie bijlage", "zie de bijlage",
    "in bijlage", "bijgevoegd");

PHRASES(roles, "engineer", "ingénieur", "ingenieur", "ingeniero", "ingegnere", "technic", "chef", "notaire",
    "notar", "avocat", "avvocat", "abogad", "advocaat", "maître", "curator", "adjoint", "mr", "mrs", "ms",
    "mme", "dr", "herr", "frau", "sig", "dott", "mevr", "accounts", "accountant", "accounting", "account",
    "ledger", "payable", "finance", "treasur", "secretar", "clerk", "manager", "director", "chairman",
    "president", "administrat", "assistant", "team", "department", "dept", "office", "officer", "owner",
    "founder", "purchas", "procurement", "billing", "support", "desk", "bookkeep", "head of", "trustee",
    "buyer", "centre", "service", "compta", "trésor", "secrétar", "président", "gérant", "directeur",
    "directrice", "direction", "mairie", "cabinet", "équipe", "bureau", "assistante", "gestionnaire",
    "responsable", "chargé", "associ", "adjoint", "achats", "facturation", "fournisseurs", "fondat", "comité",
    "syndic", "buchhalt", "rechnungs", "geschäfts", "inhaber", "sekretariat", "leiter", "leitung",
    "verwaltung", "kasse", "vorstand", "einkauf", "assistenz", "sachbearbeit", "abteilung", "contab",
    "administr", "tesor", "gerente", "director", "compras", "dpto", "departamento", "oficina", "negociado",
    "jefe", "jefa", "encargad", "ragionier", "ammin", "ufficio", "resp.", "responsabile", "titolare",
    "segreter", "direttor", "direttric", "acquisti", "boekhoud", "administratie", "crediteur",
    "penningmeester", "secretar", "directeur", "eigenaar", "medewerk", "afdeling", "bestuurder",
    "zaakvoerder", "inkoop");

PHRASES(from_labels, "from", "de", "expéditeur", "émetteur", "von", "absender", "desde", "remitente", "da",
    "mittente", "van", "afzender", "fra", "från", "od", "lähettäjä", "от");

PHRASES(date_labels, "sent", "date", "sent on", "date sent", "envoyé", "envoyé le", "envoyée", "date d'envoi",
    "message du", "gesendet", "gesendet am", "datum", "enviado", "enviado el", "enviada", "enviado em",
    "fecha", "inviato", "inviata", "data", "verzonden", "verstuurd", "sendt", "skickat", "wysłano", "dato",
    "дата", "received");

PHRASES(to_labels, "to", "à", "a", "pour", "destinataire", "destinataires", "an", "empfänger", "para",
    "destinatario", "per", "aan", "til", "till", "do", "кому", "vastaanottaja");

PHRASES(cc_labels, "cc", "copie à", "copie", "kopie", "bcc");

PHRASES(subject_labels, "subject", "objet", "sujet", "betreff", "asunto", "oggetto", "onderwerp", "betreft",
    "assunto", "emne", "ämne", "temat", "тема", "aihe");

PHRASES(other_labels, "reply-to", "répondre à", "antwort an", "importance", "priorité", "wichtigkeit",
    "importancia", "priorità", "urgentie", "attachments", "pièces jointes", "anlagen", "datos adjuntos",
    "allegati", "bijlagen");

PHRASES(inner_openers, "on", "le", "am", "el", "il", "op");

PHRASES(politeness, "please", "veuillez", "bitte", "por favor", "si prega di");

PHRASES(contacts, "tel", "tél", "mob", "fax", "www.", "http", "phone", "telefon", "port.", "gsm", "cell",
    "siret", "siren", "rcs ", "tva", "p.iva", "p. iva", "c.f.", "nif", "cif", "btw", "kvk", "ust", "hrb",
    "skype", "linkedin", "facebook");

PHRASES(automatic_subjects, "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response",
    "auto-response", "autoresponse", "automatic response", "automated reply", "automated response",
    "automatic answer", "out of office", "out-of-office", "out of the office",
    "ooo:", "i am out of the office", "vacation reply", "away from the office", "away from office",
    "automatische antwort", "automatische antwoord", "automatisch antwoord", "autom. antwort", "auto-antwort",
    "automatische abwesenheit", "abwesenheitsnotiz", "abwesenheitsmeldung", "abwesenheitsassistent",
    "abwesenheitsbenachrichtigung", "abwesend:", "abwesenheit:", "ich bin nicht im büro", "nicht im büro",
    "automatische rückmeldung", "automatische bestätigung", "automatische eingangsbestätigung",
    "réponse automatique", "reponse automatique", "réponse auto", "reponse auto", "absence du bureau",
    "absent du bureau", "absente du bureau", "absent(e)", "message d'absence", "avis d'absence",
    "notification d'absence", "accusé de réception automatique", "automatique :", "respuesta automática",
    "respuesta automatica", "fuera de la oficina", "fuera de oficina", "ausente de la oficina",
    "risposta automatica", "fuori sede", "fuori ufficio", "assente dall'ufficio", "afwezigheidsbericht",
    "afwezigheidsmelding", "automatisch bericht", "afwezig:", "niet aanwezig:", "resposta automática",
    "resposta automatica", "autosvar", "automatiskt svar", "message automatique", "mensaje automático",
    "messaggio automatico", "automatische nachricht", "je suis absent", "assenza dall'ufficio",
    "afwezigheidsassistent", "urlaubsbedingt", "auto: out of", "automatisk svar", "frånvaro", "fravær",
    "automaattinen vastaus", "automatická odpověď", "automatyczna odpowiedź", "odpowiedź automatyczna",
    "自動返信", "自動応答");

PHRASES(absences, "absence", "absent", "absente", "congé", "congés", "en congé", "en congés", "vacances",
    "en vacances", "urlaub", "im urlaub", "abwesend", "abwesenheit", "ausente", "ausencia", "de vacaciones",
    "vacaciones", "assente", "assenza", "ferie", "in ferie", "afwezig", "afwezigheid", "vakantie", "on leave",
    "annual leave", "on annual leave", "on vacation", "on holiday", "ooo");

PHRASES(nobody, "no-reply", "noreply", "no_reply", "no.reply", "donotreply", "do-not-reply", "do_not_reply",
    "ne-pas-repondre", "nepasrepondre", "nicht-antworten", "noresponder", "no-responder", "nonrispondere",
    "non-rispondere", "nietantwoorden", "niet-beantwoorden");

PHRASES(receipt_subjects, "read:", "not read:", "read receipt", "return receipt",
    "displayed:", "lu:", "lu :", "lue:", "lue :", "non lu:", "non lu :", "accusé de réception",
    "accusé de lecture", "confirmation de lecture",
    "gelesen:", "ungelesen:", "nicht gelesen:", "lesebestätigung", "empfangsbestätigung",
    "leído:", "no leído:", "confirmación de lectura", "acuse de recibo",
    "letto:", "non letto:", "da leggere:", "conferma di lettura", "ricevuta di ritorno",
    "ricevuta di lettura", "gelezen:", "niet gelezen:", "leesbevestiging", "ontvangstbevestiging");

PHRASES(receipt_words, "was read on", "was received by", "was displayed on", "has been displayed",
    "was deleted without being read", "return receipt", "read receipt",
    "no guarantee that the message has been read", "a été lu le", "a été lu par", "a été affiché",
    "a été reçu par", "a été ouvert", "a été supprimé sans", "accusé de réception pour",
    "accusé de lecture pour", "confirmation de lecture pour", " gelesen.", "wurde gelesen", "gelesen am",
    "wurde empfangen von", "angezeigt wurde", "wurde angezeigt", "ungelesen gelöscht",
    "empfangsbestätigung für", "lesebestätigung für", "se ha leído", "fue leído", "ha sido leído",
    "fue recibido por", "se leyó el", "se mostró", "se eliminó sin", "è stato letto", "è stata letta",
    "è stato visualizzato", "è stato ricevuto da", "è stato eliminato senza", "is gelezen", "werd gelezen",
    "is weergegeven", "werd weergegeven", "is ontvangen door", "is verwijderd zonder");

PHRASES(hold_words, "verif", "vérif", "verify", "confirm", "bestätig", "is being held", "has been held",
    "on hold", "quarantine", "quarantaine", "quarantäne", "cuarentena", "quarantena", "mis en attente",
    "zurückgehalten", "retenido", "trattenuto", "vastgehouden", "bevestig");

PHRASES(human_words, "you are human", "you are a human", "you are a real person", "you're human",
    "not a robot", "not a spammer", "que vous êtes humain", "que vous êtes un humain", "n'êtes pas un robot",
    "vous authentifier et que votre message", "ein mensch sind", "kein roboter", "kein spammer",
    "que es humano", "que es una persona", "no es un robot", "essere umano", "sei umano", "non sei un robot",
    "non è un robot", "een mens bent", "geen robot");

PHRASES(answer_words, "answer", "reply", "replies", "replied", "response", "comment", "remark", "réponse",
    "reponse", "répond", "commentaire", "remarque", "annotation", "antwort", "geantwortet", "beantwortet",
    "kommentar", "anmerkung", "bemerkung", "respuesta", "respond", "comentario", "rispost", "commenti",
    "annotazion", "antwoord", "opmerking", "reactie", "reageer", "commentaar");

PHRASES(sight_words, "see", "voir", "cf", "cf.", "voyez", "siehe", "s.", "ver", "véase", "vea", "vedi",
    "vedere", "zie");

PHRASES(within_places, "inline", "in-line", "in line", "in the text", "within the text", "within your",
    "in your mail", "in your e-mail", "in your email", "in your message", "between the lines", "in capitals",
    "in caps", "in bold", "in italics", "dans le texte", "dans le corps", "dans votre m", "dans votre e-mail",
    "dans votre courriel", "entre les lignes", "en majuscules", "en gras", "en italique", "im text",
    "in ihrer mail", "in ihrer e-mail", "in ihre mail", "zwischen den zeilen", "in großbuchstaben", "fett",
    "kursiv", "direkt in", "en el texto", "en su correo", "en su mensaje", "entre líneas", "en mayúsculas",
    "en negrita", "nel testo", "nella vostra", "nella sua mail", "in maiuscolo", "in stampatello",
    "in grassetto", "tra le righe", "in de tekst", "in uw mail", "in uw e-mail", "tussen de regels",
    "in hoofdletters", "vetgedrukt", "in het vet");

PHRASES(below_places, "below", "underneath", "beneath", "ci-dessous", "ci dessous", "ci-après", "plus bas",
    "en dessous", "unten", "darunter", "nachstehend", "abajo", "más abajo", "a continuación", "debajo",
    "sotto", "qui sotto", "di seguito", "hieronder", "onderstaand", "beneden");

PHRASES(red_words, "in red", "red text", "en rouge", "in rot", "rot markiert", "roter schrift", "en rojo",
    "in rosso", "in rood", "in het rood");

PHRASES(orange_words, "in orange", "en orange", "en naranja", "in arancione", "in oranje", "in het oranje");

PHRASES(yellow_words, "in yellow", "highlighted", "en jaune", "surlign", "in gelb", "gelb markiert",
    "en amarillo", "resaltad", "in giallo", "evidenziat", "in geel", "in het geel");

PHRASES(green_words, "in green", "green text", "en vert", "in grün", "grün markiert", "grüner schrift",
    "en verde", "in verde", "in groen", "in het groen");

PHRASES(blue_words, "in blue", "blue text", "en bleu", "in blau", "blau markiert", "blauer schrift",
    "en azul", "in blu", "in azzurro", "in blauw", "in het blauw");

PHRASES(purple_words, "in purple", "in violet", "in pink", "en violet", "en rose", "in lila", "in violett",
    "en morado", "en violeta", "en rosa", "in viola", "in rosa", "in paars", "in roze");

PHRASES(reply_prefixes, "re", "aw", "antw", "antwort", "sv", "vs", "rif", "rv", "res", "resp", "réponse",
    "tr", "wg", "fw", "fwd", "enc", "vb", "doorst", "odp", "pd", "ynt", "ilt", "rép", "rép.", "doorgestuurd",
    "weitergeleitet", "inoltrato", "r", "i");

PHRASES(dunning_words, "invoice", "factur", "rechnung", "fattur", "factuur", "reminder", "rappel", "relance",
    "mahnung", "zahlungserinnerung", "erinnerung", "recordatorio", "reclam", "sollecit", "promemoria",
    "herinnering", "aanmaning", "overdue", "due", "échéance", "échu", "impay", "fällig", "überfällig",
    "vencid", "vencim", "scadut", "scaden", "vervallen", "openstaan", "unpaid", "outstanding", "notice",
    "notification", "demeure", "statement", "relevé", "retard", "verzug", "kontoauszug", "extracto",
    "estratto", "rekeningoverzicht", "avoir", "order", "commande", "bestellung", "pedido", "ordine",
    "bestelling", "please", "merci", "bitte", "urgent", "payment received", "payment schedule agreed",
    "règlement bien reçu", "zahlung erhalten", "échéancier convenu", "vereinbarte ratenzahlung",
    "zahlungsaufforderung", "pago recibido", "plan de pagos acordado", "requerimiento", "pagamento ricevuto",
    "piano di rientro concordato", "diffida", "betaling ontvangen", "afgesproken betalingsregeling",
    "ingebrekestelling", "n°", "nr", "no");

#define ROW(name)                                                                                            \
	{                                                                                                    \
		name, ARRAY_LENGTH(name)                                                                     \
	}

const struct mail_words mail_words_shipped = {.phrases = {
						  [MAIL_OPENER] = ROW(attribution_openers),
						  [MAIL_INNER_OPENER] = ROW(inner_openers),
						  [MAIL_WROTE] = ROW(attribution_verbs),
						  [MAIL_WROTE_BEFORE] = ROW(attribution_middles),
						  [MAIL_PERSON] = ROW(attribution_persons),
						  [MAIL_WEEKDAY] = ROW(weekdays),
						  [MAIL_ORIGINAL] = ROW(original_messages),
						  [MAIL_FORWARDED] = ROW(forwarded_messages),
						  [MAIL_REPLY_ABOVE] = ROW(reply_lines),
						  [MAIL_PLEASE] = ROW(politeness),
						  [MAIL_BANNER] = ROW(banners),
						  [MAIL_FOOTER] = ROW(mobile_footers),
						  [MAIL_SMALL_PRINT] = ROW(disclaimers),
						  [MAIL_SMALL_PRINT_WORD] = ROW(disclaimer_words),
						  [MAIL_CLOSING] = ROW(closings),
						  [MAIL_THANKS] = ROW(weak_closings),
						  [MAIL_GREETING] = ROW(greetings),
						  [MAIL_ROLE] = ROW(roles),
						  [MAIL_CONTACT] = ROW(contacts),
						  [MAIL_FROM] = ROW(from_labels),
						  [MAIL_DATE] = ROW(date_labels),
						  [MAIL_TO] = ROW(to_labels),
						  [MAIL_CC] = ROW(cc_labels),
						  [MAIL_SUBJECT] = ROW(subject_labels),
						  [MAIL_OTHER_FIELD] = ROW(other_labels),
						  [MAIL_POINTER] = ROW(pointers),
						  [MAIL_REGISTRATION] = ROW(registrations),
						  [MAIL_ANSWER] = ROW(answer_words),
						  [MAIL_SEE] = ROW(sight_words),
						  [MAIL_IN_TEXT] = ROW(within_places),
						  [MAIL_BELOW] = ROW(below_places),
						  [MAIL_RED] = ROW(red_words),
						  [MAIL_ORANGE] = ROW(orange_words),
						  [MAIL_YELLOW] = ROW(yellow_words),
						  [MAIL_GREEN] = ROW(green_words),
						  [MAIL_BLUE] = ROW(blue_words),
						  [MAIL_PURPLE] = ROW(purple_words),
						  [MAIL_REPLY] = ROW(reply_prefixes),
						  [MAIL_DUNNING] = ROW(dunning_words),
						  [MAIL_AUTOMATIC_SUBJECT] = ROW(automatic_subjects),
						  [MAIL_ABSENCE_SUBJECT] = ROW(absences),
						  [MAIL_NOBODY] = ROW(nobody),
						  [MAIL_RECEIPT_SUBJECT] = ROW(receipt_subjects),
						  [MAIL_RECEIPT] = ROW(receipt_words),
						  [MAIL_HOLD] = ROW(hold_words),
						  [MAIL_HUMAN] = ROW(human_words),
					      }};
