"""Pages made from declarations: the list, the record, the forms and the verbs of one kind of record."""
