"""Reference data: local, dated, each of it optional: authorities, postcodes, Ofsted's providers, bank holidays.

Nothing here uses the network. The codes of authorities are always their newest ONS codes, so that an authority compares
equal with itself whatever the date of the list that names it.
"""
