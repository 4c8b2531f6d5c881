"""A process that answers as a national central bureau's gateway does, with made-up records. Only for trying out."""
