noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	src/store/blob.c \
	src/store/compare.c src/store/compare.h \
	src/store/counter.c src/store/counter.h \
	src/store/engine.h src/store/sqlite.c \
	src/store/figures.c src/store/figures.h \
	src/store/rows.c src/store/rows.h \
	src/store/rows_case.c src/store/rows_case.h \
	src/store/rows_journal.c src/store/rows_journal.h \
	src/store/rows_notice.c src/store/rows_notice.h \
	src/store/rows_message.c src/store/rows_message.h \
	src/store/rows_party.c src/store/rows_party.h \
	src/store/rows_plan.c src/store/rows_plan.h \
	src/store/rows_receivable.c src/store/rows_receivable.h \
	src/store/schema.c src/store/schema.h \
	src/store/store.c src/store/store.h
