class Relance:
    pass
