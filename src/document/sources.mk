noinst_LIBRARIES += libdocument.a
libdocument_a_SOURCES =
