noinst_LIBRARIES += liblanguage.a
liblanguage_a_SOURCES =
