/* The few words that mails to our own people need for what the books name by a code. Pure. */
#ifndef RELANCE_DUNNING_NOTICE_WORDS_H
#define RELANCE_DUNNING_NOTICE_WORDS_H

/* KIND: task (its kind), mail (an intent, or the kind of a mail), reason (of a dispute), order (what became
 * of one), law (as interest rules name it), country (ISO 3166-1), label, list, step (of a shipped ladder), term (a number of days in words). NAME itself where there is no word
 * for it. */
const char *notice_word(const char *language, const char *kind, const char *name);

#endif
