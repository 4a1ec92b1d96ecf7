/* What a reminder says: its templates filled in. */
#ifndef RELANCE_DUNNING_REMINDER_WORDS_H
#define RELANCE_DUNNING_REMINDER_WORDS_H

#include "base/buffer.h"
#include "dunning/reminder.h"

/* Content-ID of the picture. */
#define REMINDER_QR_ID "payment-qr@relance"

struct reminder_words {
	char *subject; /* g_free */
	char *text, *html;
	GBytes *qr; /* PNG of the payment's QR code; NULL: none. HTML shows it as cid:REMINDER_QR_ID */
};

/* ATTACHED: whether documents go with it. */
bool reminder_words(
    const struct reminder *reminder, bool attached, struct reminder_words *words, struct error *error);
void reminder_words_clear(struct reminder_words *words);

/* For paper: the text's paragraphs as they are, the marks where the tables stand, and their rows
 * (table.letter, decompte.letter). */
struct letter_words {
	char *subject, *text, *table, *decompte; /* g_free */
	const char *mark, *decompte_mark;
	GBytes *qr; /* PNG of the payment's QR code; NULL: none */
};
bool reminder_letter_words(const struct reminder *reminder, struct letter_words *words, struct error *error);
/* The same for a picture of the mail: its own subject and words. */
bool reminder_sheet_words(
    const struct reminder *reminder, bool attached, struct letter_words *words, struct error *error);
void letter_words_clear(struct letter_words *words);

#endif
