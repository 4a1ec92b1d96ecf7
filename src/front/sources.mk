# the sources of src/front
