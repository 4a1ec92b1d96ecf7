noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	src/base/amount_text.c src/base/amount_text.h \
	src/base/banned.h src/base/base.h \
	src/base/buffer.c src/base/buffer.h \
	src/base/closing_days.c src/base/closing_days.h \
	src/base/config.c src/base/config.h \
	src/base/config_dump.c \
	src/base/config_find.c \
	src/base/config_shipped.c src/base/config_shipped.h \
	src/base/config_table.c src/base/config_table.h \
	src/base/config_value.c src/base/config_value.h \
	src/base/csv.c src/base/csv.h \
	src/base/date.c src/base/date.h \
	src/base/error.c src/base/error.h \
	src/base/iban.c src/base/iban.h \
	src/base/holidays.c src/base/holidays.h src/base/holidays_rules.c \
	src/base/instant.c src/base/instant.h \
	src/base/log.c src/base/log.h \
	src/base/money.c src/base/money.h \
	src/base/utf8.c src/base/utf8.h
