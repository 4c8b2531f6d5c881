"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NEEDS_PERSON = "needs-person", "Only a person at your desk can do this. API keys can only send and fetch data."
    WRONG_PASSWORD = "wrong-password", "The username or the password was wrong."
    WRONG_CODE = "wrong-code", "The second-factor code was wrong. Enter the current code."
    TOO_MANY_TRIES = "too-many-tries", "Too many wrong attempts. Wait 5 minutes."
    ACCOUNT_CLOSED = "account-closed", "The account is suspended or cannot sign in."
    OUTSIDE_NETWORKS = "outside-networks", "This party allows sign-in from its own networks only."
    DIRECTORY_NOT_LINKED = (
        "directory-not-linked",
        "No account is linked to your directory identity. Sign in with your password first.",
    )
    DIRECTORY_NOT_YOURS = (
        "directory-not-yours",
        "This is not your party's directory, or it is no longer in force.",
    )
    DIRECTORY_LINKED_ELSEWHERE = (
        "directory-linked-elsewhere",
        "Another account is linked to your directory identity. Ask your administrator.",
    )
    DIRECTORY_ONLY = "directory-only", "Your State allows sign-in only through its directory."
    DIRECTORY_BEGIN_AGAIN = (
        "directory-begin-again",
        "This answer was already used, has expired, or belongs to another browser. Start again.",
    )
    DIRECTORY_NOT_BELIEVED = "directory-not-believed", "The directory's answer cannot be used."
    KEY_OUTSIDE_NETWORKS = "key-outside-networks", "This API key works only from its party's networks."
    KEY_OTHER_COLLECTION = "key-other-collection", "This API key does not cover this collection."
