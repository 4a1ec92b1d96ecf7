noinst_LIBRARIES += liblanguage.a
liblanguage_a_SOURCES = \
	src/language/absence_day.c \
	src/language/bank.c src/language/bank.h \
	src/language/beliefs.c src/language/beliefs.h \
	src/language/class_set.c src/language/class_set.h \
	src/language/clauses.c \
	src/language/date_action.c \
	src/language/dates.c src/language/dates.h \
	src/language/day_choice.c src/language/day_choice.h \
	src/language/day_order.c src/language/day_order.h \
	src/language/day_features.c src/language/day_features.h \
	src/language/day_rules.h \
	src/language/detect.c src/language/detect.h \
	src/language/evidence.c src/language/evidence.h \
	src/language/features.c src/language/features.h \
	src/language/fields.c src/language/fields.h \
	src/language/findings.c src/language/findings.h \
	src/language/hits.c src/language/hits.h \
	src/language/intent.c src/language/intent.h \
	src/language/learnt.c src/language/learnt.h \
	src/language/lexicon.c src/language/lexicon.h \
	src/language/lexicon-file.c src/language/lexicon_add.c \
	src/language/listing.c src/language/listing.h \
	src/language/mentions.c src/language/mentions.h \
	src/language/other_numbers.c src/language/other_numbers.h \
	src/language/model.c src/language/model.h \
	src/language/number.c src/language/number.h \
	src/language/number_words.c src/language/number_words.h \
	src/language/paid_day.c \
	src/language/payments.c src/language/payments.h \
	src/language/promise_day.c \
	src/language/proposals.c src/language/proposals.h \
	src/language/month_days.c src/language/month_days.h \
	src/language/reckon.c src/language/reckon.h \
	src/language/references.c src/language/references.h \
	src/language/remittance_day.c \
	src/language/push.h \
	src/language/subject_day.c \
	src/language/stream.c src/language/stream.h \
	src/language/understand.c src/language/understand.h \
	src/language/word_index.c src/language/word_index.h \
	src/language/written_parts.c src/language/written_parts.h \
	src/language/words.c src/language/words.h
