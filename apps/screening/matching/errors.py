"""What the matcher says when a record has the wrong shape."""


class BadIdentity(ValueError):
    """A field of an identity record that cannot be read.

    `message` is a sentence for the person who typed it; `pointer` is the JSON pointer of the field inside the
    record (RFC 6901), for example `/documents/0/number`, so that a form or the API can show it at the field.
    """

    def __init__(self, message: str, pointer: str) -> None:
        super().__init__(f"{pointer or '/'}: {message}")
        self.message = message
        self.pointer = pointer
