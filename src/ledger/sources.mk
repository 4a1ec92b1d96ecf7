noinst_LIBRARIES += libledger.a
libledger_a_SOURCES =
