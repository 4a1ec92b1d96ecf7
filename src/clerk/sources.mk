# the sources of src/clerk
