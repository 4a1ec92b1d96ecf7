noinst_LIBRARIES += libreport.a
libreport_a_SOURCES = \
	src/report/display.c src/report/display.h \
	src/report/printer.c src/report/printer.h \
	src/report/printer_backend.h \
	src/report/printer_csv.c \
	src/report/printer_html.c \
	src/report/printer_json.c \
	src/report/printer_table.c \
	src/report/words.c src/report/words.h
