noinst_LIBRARIES += libreport.a
libreport_a_SOURCES = \
	src/report/aging.c \
	src/report/case.h \
	src/report/cash.c \
	src/report/customer.c \
	src/report/display.c src/report/display.h \
	src/report/dues.h src/report/interest.c src/report/policy.c \
	src/report/due_lines.c src/report/invoice.c \
	src/report/invoices.c src/report/invoices.h \
	src/report/lists.c \
	src/report/plans.c \
	src/report/printer.c src/report/printer.h \
	src/report/printer_backend.h \
	src/report/printer_csv.c \
	src/report/printer_html.c \
	src/report/printer_json.c \
	src/report/printer_table.c \
	src/report/sums.c src/report/sums.h \
	src/report/tell.c \
	src/report/timeline.c src/report/timeline.h \
	src/report/why.c \
	src/report/words.c src/report/words.h
