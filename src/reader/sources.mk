# the sources of src/reader
