noinst_LIBRARIES += libledger.a
libledger_a_SOURCES = \
	src/ledger/act.h src/ledger/act_books.c src/ledger/act_case.c src/ledger/act_interest.c src/ledger/act_link.c src/ledger/act_plan.c \
	src/ledger/apply.c src/ledger/apply.h \
	src/ledger/apply_case.c src/ledger/apply_plan.c src/ledger/apply_message.c src/ledger/apply_party.c src/ledger/apply_receivable.c \
	src/ledger/apply_reminder.c \
	src/ledger/body.c src/ledger/body.h \
	src/ledger/event.c src/ledger/event.h \
	src/ledger/journal.c src/ledger/journal.h \
	src/ledger/ledger.c src/ledger/ledger.h \
	src/ledger/progress.c src/ledger/progress.h \
	src/ledger/rebuild.c src/ledger/rebuild.h
libledger_a_SOURCES += \
	src/ledger/interest.c src/ledger/interest.h src/ledger/interest_rules.c \
	src/ledger/interest_book.c src/ledger/interest_book.h \
	src/ledger/notice_days.c src/ledger/notice_days.h \
	src/ledger/rates.c src/ledger/rates.h
libledger_a_SOURCES += \
	src/ledger/apply_notice.c \
	src/ledger/task_about.c src/ledger/task_about.h
libledger_a_SOURCES += src/ledger/act_undo.c
