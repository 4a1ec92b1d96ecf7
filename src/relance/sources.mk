# the sources of src/relance
