noinst_LIBRARIES += libreading.a
libreading_a_SOURCES =
