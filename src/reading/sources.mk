noinst_LIBRARIES += libreading.a
libreading_a_SOURCES = \
	src/reading/documents.c src/reading/documents.h \
	src/reading/invoice_json.c src/reading/invoice_json.h \
	src/reading/lesson.c src/reading/lesson.h \
	src/reading/reading.c src/reading/reading.h \
	src/reading/reading_json.c \
	src/reading/shape.c src/reading/shape.h
