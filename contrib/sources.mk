# what contrib/ ships
EXTRA_DIST += contrib/setup
