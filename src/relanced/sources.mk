# the sources of src/relanced
