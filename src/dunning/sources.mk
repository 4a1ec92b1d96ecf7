noinst_LIBRARIES += libdunning.a
libdunning_a_SOURCES =
