noinst_LIBRARIES += libdunning.a
libdunning_a_SOURCES = \
	src/dunning/chase.c src/dunning/chase.h \
	src/dunning/confirm.c src/dunning/confirm.h \
	src/dunning/copies.c src/dunning/copies.h \
	src/dunning/claims.c src/dunning/claims.h \
	src/dunning/contacted.c src/dunning/contacted.h \
	src/dunning/held_now.c src/dunning/held_now.h \
	src/dunning/claims_before.c src/dunning/claims_before.h \
	src/dunning/guards.c src/dunning/guards.h \
	src/dunning/effects.c src/dunning/effects.h src/dunning/effects_apply.c \
	src/dunning/insolvency.c src/dunning/insolvency.h \
	src/dunning/instalments.c src/dunning/instalments.h \
	src/dunning/courtesies.c src/dunning/courtesies.h src/dunning/digest.c src/dunning/digest.h \
	src/dunning/formal.c src/dunning/formal.h \
	src/dunning/ladder.c src/dunning/ladder.h \
	src/dunning/letter.c src/dunning/letter.h src/dunning/letter_compose.c \
	src/dunning/mail_parts.c src/dunning/mail_parts.h \
	src/dunning/notation.c src/dunning/notation.h \
	src/dunning/notice.c src/dunning/notice.h \
	src/dunning/notice_words.c src/dunning/notice_words.h \
	src/dunning/orders.c src/dunning/orders.h \
	src/dunning/outcome.c src/dunning/outcome.h \
	src/dunning/outbox.c src/dunning/outbox.h src/dunning/outbox_submit.c \
	src/dunning/payment_qr.c src/dunning/payment_qr.h \
	src/dunning/plan.c src/dunning/plan.h \
	src/dunning/post.c src/dunning/post.h \
	src/dunning/proof.c src/dunning/proof.h src/dunning/proposal.c src/dunning/proposal.h \
	src/dunning/recipients.c src/dunning/recipients.h \
	src/dunning/credit_shares.c src/dunning/credit_shares.h \
	src/dunning/reminder.c src/dunning/reminder.h src/dunning/reminder_mail.c \
	src/dunning/reminder_words.c src/dunning/reminder_words.h \
	src/dunning/review.c src/dunning/review.h \
	src/dunning/send.c src/dunning/send.h \
	src/dunning/submission.c src/dunning/submission.h \
	src/dunning/task_steps.c src/dunning/task_steps.h \
	src/dunning/template.c src/dunning/template.h \
	src/dunning/template_set.c src/dunning/template_set.h \
	src/dunning/words.c src/dunning/words.h \
	src/dunning/written.c src/dunning/written.h
