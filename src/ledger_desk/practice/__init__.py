"""Practice ledgers (练习账套): made-up firms, people and banks with months of made-up work.

Nothing here is taken from a real list. Numbers that could be somebody's are made so that they
cannot be: bodies of credit codes begin with LX, telephones with 140, identity numbers with a
county that does not exist.
"""
